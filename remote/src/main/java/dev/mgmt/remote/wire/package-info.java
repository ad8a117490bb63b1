/**
 * What laptop and agent say to each other, as JSON. The only package that knows the JSON library.
 */
@NullMarked
package dev.mgmt.remote.wire;

import org.jspecify.annotations.NullMarked;
