/** Users, groups, and the keys that users log in with. */
@NullMarked
package dev.mgmt.engine.kind.account;

import org.jspecify.annotations.NullMarked;
