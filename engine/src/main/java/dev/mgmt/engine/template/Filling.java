package dev.mgmt.engine.template;

/** What came of filling one template in. */
public sealed interface Filling {
    record Filled(String text) implements Filling {}

    record Failed(TemplateFault fault) implements Filling {}
}
