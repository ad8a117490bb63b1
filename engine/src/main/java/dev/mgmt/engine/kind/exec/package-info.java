/** Commands that are run. */
@NullMarked
package dev.mgmt.engine.kind.exec;

import org.jspecify.annotations.NullMarked;
