/**
 * The shared store over etcd's v3 API. The only package of the engine that knows etcd's messages,
 * which it writes and reads itself: field numbers are those of etcd's api/etcdserverpb/rpc.proto
 * and api/mvccpb/kv.proto.
 */
@NullMarked
package dev.mgmt.engine.world.etcd;

import org.jspecify.annotations.NullMarked;
