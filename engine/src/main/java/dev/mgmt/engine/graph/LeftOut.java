package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.ResourceId;
import java.util.ArrayList;
import java.util.List;

/** Tells which generated edges were left out and why, without drowning the reader. */
final class LeftOut {
    private static final int MOST = 10;

    /** Of a long way round the beginning and the end are enough. */
    private static final int LONGEST_PATH = 12;

    private final List<ResourceId> ids;
    private final List<String> told = new ArrayList<>();
    private int untold;
    private int unclear;

    LeftOut(List<ResourceId> ids) {
        this.ids = ids;
    }

    /**
     * @param path the way from the edge's end to its beginning, by places in {@code vertices}
     */
    void closing(Candidates candidates, int candidate, List<Integer> vertices, int[] path) {
        if (told.size() == MOST) {
            untold++;
            return;
        }
        Edge edge =
                new Edge.Order(
                        ids.get(candidates.from(candidate)), ids.get(candidates.to(candidate)));
        told.add(
                "no edge is generated from "
                        + edge.from()
                        + " to "
                        + edge.to()
                        + " ("
                        + candidates.cause(candidate).sentence(edge)
                        + "): it would close a cycle, as these come one after the other: "
                        + way(vertices, path));
    }

    void unclear() {
        unclear++;
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>(told);
        if (untold > 0) {
            sentences.add(
                    untold + " more edges are not generated because each would close a cycle");
        }
        if (unclear > 0) {
            sentences.add(
                    unclear
                            + " more edges are not generated: the graph's own edges are so knotted"
                            + " against them that it would take too long to tell which of them"
                            + " close cycles");
        }
        return sentences;
    }

    private String way(List<Integer> vertices, int[] path) {
        StringBuilder way = new StringBuilder();
        for (int place = 0; place < path.length; place++) {
            if (place == LONGEST_PATH / 2 && path.length > LONGEST_PATH) {
                int skipped = path.length - LONGEST_PATH;
                way.append(" -> (").append(skipped).append(" more)");
                place += skipped;
            }
            way.append(place == 0 ? "" : " -> ").append(ids.get(vertices.get(path[place])));
        }
        return way.toString();
    }
}
