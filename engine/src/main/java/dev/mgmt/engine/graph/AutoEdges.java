package dev.mgmt.engine.graph;

import dev.mgmt.engine.graph.Makers.Hands;
import dev.mgmt.engine.graph.Origin.Cause;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the edges that follow from what resources make, remove and need. Whoever needs a thing runs
 * after those that make it and before those that remove it.
 *
 * <p>Everything is looked up by what it is: the cost grows with the resources, what they need and
 * the files that the graph's packages ship. The order of declaration does not matter.
 */
final class AutoEdges {
    private final Makers makers;
    private final PackageOwnership packages;
    private final Candidates candidates = new Candidates();

    private AutoEdges(List<Resource> resources, HostKnowledge host) {
        makers = Makers.of(resources);
        packages = new PackageOwnership(resources, makers, host, candidates);
    }

    /**
     * Some of what is found may close a cycle, or say twice what is said already.
     *
     * @param resources by number
     */
    static Candidates among(List<Resource> resources, HostKnowledge host) {
        AutoEdges edges = new AutoEdges(resources, host);
        for (int vertex = 0; vertex < resources.size(); vertex++) {
            Resource resource = resources.get(vertex);
            if (resource.meta().has(Trait.AUTOEDGE)) {
                for (Need need : resource.needs()) {
                    edges.meet(vertex, need);
                }
            }
        }
        return edges.candidates;
    }

    private void meet(int vertex, Need need) {
        switch (need) {
            case Need.Of(Thing thing) -> firstOf(vertex, List.of(thing));
            case Need.FirstOf(List<Thing> things) -> firstOf(vertex, things);
            case Need.DirectoryAbove(Path path) ->
                    connect(vertex, makers.above(path), Cause.INSIDE, Cause.EMPTIED);
            case Need.Shipped(List<Path> paths) -> packages.shipped(vertex, paths);
        }
    }

    private void firstOf(int vertex, List<Thing> things) {
        for (Thing thing : things) {
            Hands hands = makers.of(thing);
            if (hands != null) {
                connect(vertex, hands, Cause.NEEDED, Cause.LEFT);
                return;
            }
        }
    }

    private void connect(int vertex, Hands hands, Cause made, Cause removed) {
        for (int maker : hands.makers()) {
            candidates.add(maker, vertex, made);
        }
        for (int remover : hands.removers()) {
            candidates.add(vertex, remover, removed);
        }
    }
}
