/** A connection over two byte streams, for protocols that expect a socket. */
@NullMarked
package dev.mgmt.tunnel.forward;

import org.jspecify.annotations.NullMarked;
