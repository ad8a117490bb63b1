/** Commands on the far side, and how they end. */
@NullMarked
package dev.mgmt.tunnel.exec;

import org.jspecify.annotations.NullMarked;
