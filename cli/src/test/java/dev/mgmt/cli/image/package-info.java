/**
 * Builds the image: runtime, jars, start-up cache, and the archives that hosts get. Runs in Maven's
 * package phase; nothing of it is in the program.
 */
@NullMarked
package dev.mgmt.cli.image;

import org.jspecify.annotations.NullMarked;
