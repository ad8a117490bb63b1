/** The one script a bare host runs first, and what it answers. */
@NullMarked
package dev.mgmt.remote.probe;

import org.jspecify.annotations.NullMarked;
