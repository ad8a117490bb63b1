/**
 * Reads graph files; every problem names file:line:column. The only engine package that knows
 * SnakeYAML.
 */
@NullMarked
package dev.mgmt.engine.yaml;

import org.jspecify.annotations.NullMarked;
