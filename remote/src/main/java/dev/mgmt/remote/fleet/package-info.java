/** Many hosts at once: stages, rest, outcome. */
@NullMarked
package dev.mgmt.remote.fleet;

import org.jspecify.annotations.NullMarked;
