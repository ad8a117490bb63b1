/** An example of a program that has the engine inside. */
@NullMarked
package dev.mgmt.examples.embedding;

import org.jspecify.annotations.NullMarked;
