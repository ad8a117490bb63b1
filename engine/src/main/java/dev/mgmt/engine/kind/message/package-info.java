/** Kinds that change nothing: places for edges to meet, and messages. */
@NullMarked
package dev.mgmt.engine.kind.message;

import org.jspecify.annotations.NullMarked;
