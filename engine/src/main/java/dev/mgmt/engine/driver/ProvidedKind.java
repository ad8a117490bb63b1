package dev.mgmt.engine.driver;

import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Resource;
import java.util.function.Function;

/**
 * A kind, whole: how its fields become its record, and who makes the record true.
 *
 * @param type the class of its records, of no other kind
 * @param driver makes the driver when an engine opens; does no I/O. Never called where graphs are
 *     only read
 */
public record ProvidedKind<R extends Resource>(
        Kind kind, Class<R> type, Function<HostTools, ResourceDriver<R>> driver) {}
