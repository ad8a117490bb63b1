package dev.mgmt.engine.resource;

import java.nio.file.Path;

/** Something on a host that one resource makes and another may need. */
public sealed interface Thing {
    /** What is at this absolute, normalized path. */
    record At(Path path) implements Thing {}

    /**
     * An account.
     *
     * @param name or its number
     */
    record User(String name) implements Thing {}

    /**
     * A group of accounts.
     *
     * @param name or its number
     */
    record Group(String name) implements Thing {}

    /** A package by the name the package manager knows it by. */
    record SoftwarePackage(String name) implements Thing {}

    /**
     * A unit of the service manager.
     *
     * @param name with its suffix, such as {@code nginx.service}
     */
    record Unit(String name) implements Thing {}
}
