/** Tests of tunnels, and what other modules' tests need of them: a real sshd, and a bad network. */
@NullMarked
package dev.mgmt.tunnel;

import org.jspecify.annotations.NullMarked;
