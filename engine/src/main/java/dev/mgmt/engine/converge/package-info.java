/** When a host is at rest. */
@NullMarked
package dev.mgmt.engine.converge;

import org.jspecify.annotations.NullMarked;
