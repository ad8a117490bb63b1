/** Brings an engine to life at the far end of a tunnel, on one host and on many. */
@NullMarked
package dev.mgmt.remote;

import org.jspecify.annotations.NullMarked;
