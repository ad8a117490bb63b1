/**
 * How bytes and store traffic reach a host: one authenticated connection each, commands over it.
 */
@NullMarked
package dev.mgmt.tunnel;

import org.jspecify.annotations.NullMarked;
