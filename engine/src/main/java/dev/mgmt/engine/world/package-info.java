/**
 * The store that hosts share, as the engine sees it: read, compare and set, watch from a revision,
 * lease.
 */
@NullMarked
package dev.mgmt.engine.world;

import org.jspecify.annotations.NullMarked;
