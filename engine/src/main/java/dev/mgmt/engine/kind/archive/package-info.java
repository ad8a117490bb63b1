/** Archives and what is in them. */
@NullMarked
package dev.mgmt.engine.kind.archive;

import org.jspecify.annotations.NullMarked;
