/** Time as something that happens. */
@NullMarked
package dev.mgmt.engine.kind.timer;

import org.jspecify.annotations.NullMarked;
