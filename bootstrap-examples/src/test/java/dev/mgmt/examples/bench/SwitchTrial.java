package dev.mgmt.examples.bench;

import dev.mgmt.engine.graph.GraphDefinition;
import java.nio.file.Files;

/**
 * One file of many gets other content, again and again: how long from the submit of the new graph
 * until the file is as it says.
 */
final class SwitchTrial {
    /** Not counted: classes are loaded and compiled. */
    private static final int FIRST = 5;

    private SwitchTrial() {}

    public static void main(String[] arguments) throws Exception {
        Layout layout = Layout.of(arguments);
        int switches = Integer.parseInt(arguments[3]);
        try (LocalEngine engine = new LocalEngine()) {
            engine.submit(LocalEngine.read(layout.graph()));
            engine.awaitIdle();
            for (int i = 0; i < FIRST + switches; i++) {
                int other = (int) ((i * 7919L) % layout.count());
                String content = "switch " + i + "\n";
                // Read anew, as an edit is: no part of it is known to be the same as before.
                GraphDefinition next = LocalEngine.read(layout.graphWith(other, content));
                // The former graph's file is written back as well.
                long applied = engine.applied() + (i == 0 ? 1 : 2);
                double cpu = Cpu.here();
                long submitted = engine.submit(next);
                engine.awaitApplied(applied);
                cpu = Cpu.here() - cpu;
                long done = engine.appliedAt();
                if (!Files.readString(layout.file(other)).equals(content)) {
                    throw new IllegalStateException("told, and not so: file " + other);
                }
                engine.awaitIdle();
                if (i >= FIRST) {
                    FreshJvm.tell("applied", (done - submitted) / 1e6);
                    FreshJvm.tell("cpu", cpu * 1e3);
                    FreshJvm.tell("switched", (engine.switchedAt() - submitted) / 1e6);
                }
            }
        }
    }
}
