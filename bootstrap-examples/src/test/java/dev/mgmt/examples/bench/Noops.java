package dev.mgmt.examples.bench;

import java.util.Random;

/** Graphs of vertices that cost nothing but their place in the graph. */
final class Noops {
    private Noops() {}

    /** So many vertices and twice as many edges, each from an earlier to a later one. */
    static String graph(int count) {
        Random random = new Random(count);
        StringBuilder text = new StringBuilder("graph: noops\nresources:\n  noop:\n");
        for (int i = 0; i < count; i++) {
            text.append("  - name: n").append(i).append('\n');
        }
        text.append("edges:\n");
        for (int i = 0; i < 2 * count; i++) {
            int to = 1 + random.nextInt(count - 1);
            int from = random.nextInt(to);
            text.append("- noop[n").append(from).append("] -> noop[n").append(to).append("]\n");
        }
        return text.toString();
    }
}
