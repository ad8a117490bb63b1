/**
 * The client's side of one HTTP/2 connection (RFC 9113, RFC 7541), as far as gRPC needs it: no
 * upgrade, no push, no priorities. Read it bottom up: Huffman and HeaderTable, HeaderDecoder and
 * HeaderEncoder, FrameReader and FrameWriter, Streams, Incoming, Connection.
 */
@NullMarked
package dev.mgmt.engine.world.http2;

import org.jspecify.annotations.NullMarked;
