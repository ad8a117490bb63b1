/** Who we are to a host, and who a host is to us. */
@NullMarked
package dev.mgmt.tunnel.identity;

import org.jspecify.annotations.NullMarked;
