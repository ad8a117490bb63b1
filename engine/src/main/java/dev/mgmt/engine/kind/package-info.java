/** The kinds that come with the program, and how others are found. */
@NullMarked
package dev.mgmt.engine.kind;

import org.jspecify.annotations.NullMarked;
