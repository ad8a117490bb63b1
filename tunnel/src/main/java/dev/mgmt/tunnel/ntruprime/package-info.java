/**
 * Streamlined NTRU Prime 761, the key encapsulation behind {@code sntrup761x25519-sha512}, written
 * from "NTRU Prime: round 3" (Bernstein et al., 2020), whose section numbers the comments give.
 *
 * <p>No branch and no array index depends on a secret, except how often key generation draws again:
 * that tells only how many polynomials were thrown away. What Java cannot promise: the compiler may
 * turn arithmetic into branches, multiplication is as constant in time as the processor's, and
 * copies that the garbage collector made cannot be wiped. Secrets live for one key exchange.
 */
@NullMarked
package dev.mgmt.tunnel.ntruprime;

import org.jspecify.annotations.NullMarked;
