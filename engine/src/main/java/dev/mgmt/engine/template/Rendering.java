package dev.mgmt.engine.template;

/** What came of rendering one template. */
public sealed interface Rendering {
    record Rendered(String text) implements Rendering {}

    record Failed(TemplateFault fault) implements Rendering {}
}
