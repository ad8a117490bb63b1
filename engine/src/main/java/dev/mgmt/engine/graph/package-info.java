/**
 * Graphs of resources: what a file declares, the checked immutable graph, and the difference of
 * two.
 */
@NullMarked
package dev.mgmt.engine.graph;

import org.jspecify.annotations.NullMarked;
