/** What runs on a host. */
@NullMarked
package dev.mgmt.remote.agent;

import org.jspecify.annotations.NullMarked;
