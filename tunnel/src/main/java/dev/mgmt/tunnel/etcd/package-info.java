/**
 * The embedded store, etcd's v3 API in front of it, and the gate that knows who may read and write
 * what. The only tunnel package that knows io.etcd and gRPC.
 */
@NullMarked
package dev.mgmt.tunnel.etcd;

import org.jspecify.annotations.NullMarked;
