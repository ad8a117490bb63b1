/**
 * gRPC's calls over HTTP/2, as its protocol description (doc/PROTOCOL-HTTP2.md of the gRPC project)
 * writes them: one exchange per call, messages with their length in front, the outcome in the
 * trailers. Without compression, as nothing here is large.
 */
@NullMarked
package dev.mgmt.engine.world.grpc;

import org.jspecify.annotations.NullMarked;
