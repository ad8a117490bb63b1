/** Links with delay, loss, a rate and cuts, made in this process where the kernel makes none. */
@NullMarked
package dev.mgmt.tunnel.net;

import org.jspecify.annotations.NullMarked;
