package dev.mgmt.tunnel.etcd;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who is at the other end of one connection to the store.
 *
 * @param name of the host; what messages say
 * @param rights asked at every call, so that they follow what the host's graph collects now
 * @param onViolation told what the gate refuses, as often as {@link Violation} says
 */
public record Visitor(String name, Supplier<Rights> rights, Consumer<Violation> onViolation) {}
