/** Secrets that are made up. */
@NullMarked
package dev.mgmt.engine.kind.password;

import org.jspecify.annotations.NullMarked;
