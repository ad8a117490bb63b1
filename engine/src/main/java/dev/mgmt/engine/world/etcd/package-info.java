/**
 * The shared store over etcd's v3 API. The only package of the engine that knows io.etcd and gRPC.
 */
@NullMarked
package dev.mgmt.engine.world.etcd;

import org.jspecify.annotations.NullMarked;
