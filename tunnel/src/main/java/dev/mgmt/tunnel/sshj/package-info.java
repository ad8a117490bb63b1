/** The only package that knows the SSH library. */
@NullMarked
package dev.mgmt.tunnel.sshj;

import org.jspecify.annotations.NullMarked;
