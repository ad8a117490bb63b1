package dev.mgmt.engine.run;

import dev.mgmt.engine.graph.Edge;
import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.kind.message.NoopResource;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Meta.Trait;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A graph as one line of a script.
 *
 * <pre>
 * a[retry=1,delay=9] a->b b~>c d     vertices with meta parameters, order and notify edges
 * [watched]                          it has a watch
 * [ticks]                            each of its polls refreshes along notify edges
 * [limit=5/2]                        five tokens a second, two at once
 * [sema=s:2/@t:1]                    two semaphores, one of the fleet
 * [rewatch=no,realize,reverse]       traits that are not as usual
 * [v=2]                              a field
 * [at=/x]                            it makes what is at this path
 * </pre>
 */
final class ScriptGraph {
    private ScriptGraph() {}

    static GraphDefinition of(String text) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        List<Edge> edges = new ArrayList<>();
        for (String token : text.strip().split(" +", -1)) {
            int arrow = Math.max(token.indexOf("->"), token.indexOf("~>"));
            if (arrow < 0) {
                if (!token.isEmpty()) {
                    Resource resource = vertex(token);
                    resources.put(resource.id().name(), resource);
                }
                continue;
            }
            ResourceId from = id(token.substring(0, arrow));
            ResourceId to = id(token.substring(arrow + 2));
            declare(token.substring(0, arrow), resources);
            declare(token.substring(arrow + 2), resources);
            edges.add(
                    token.charAt(arrow) == '~'
                            ? new Edge.Notify(from, to)
                            : new Edge.Order(from, to));
        }
        return new GraphDefinition(
                "g",
                List.copyOf(resources.values()),
                List.of(),
                edges,
                List.of(),
                Optional.empty());
    }

    /** An end of an edge may be declared where it is first named. */
    private static void declare(String token, Map<String, Resource> resources) {
        resources.computeIfAbsent(id(token).name(), _ -> vertex(token));
    }

    private static ResourceId id(String token) {
        int bracket = token.indexOf('[');
        return new ResourceId("noop", bracket < 0 ? token : token.substring(0, bracket));
    }

    private static Resource vertex(String token) {
        int bracket = token.indexOf('[');
        if (bracket < 0) {
            return new NoopResource(id(token), Meta.NONE, "");
        }
        Map<String, String> options = new HashMap<>();
        for (String option : token.substring(bracket + 1, token.length() - 1).split(",", -1)) {
            String[] parts = option.split("=", 2);
            options.put(parts[0], parts.length > 1 ? parts[1] : "");
        }
        if (options.containsKey("at")) {
            Path path = Path.of(options.getOrDefault("at", ""));
            return new Placed(id(token), meta(options), path);
        }
        String comment = options.getOrDefault("v", "");
        for (String word : List.of("watched", "ticks")) {
            comment = options.containsKey(word) ? word : comment;
        }
        return new NoopResource(id(token), meta(options), comment);
    }

    /** Something at a path; what undoes it is about the same path. */
    private record Placed(ResourceId id, Meta meta, Path path) implements Resource {
        @Override
        public List<Thing> makes() {
            return List.of(new Thing.At(path));
        }

        @Override
        public Optional<Resource> reversed() {
            return Optional.of(this);
        }
    }

    private static Meta meta(Map<String, String> options) {
        return new Meta(
                options.containsKey("noop"),
                new Meta.Retries(
                        Integer.parseInt(options.getOrDefault("retry", "0")),
                        millis(options, "delay"),
                        Double.parseDouble(options.getOrDefault("backoff", "1"))),
                millis(options, "poll"),
                rate(options.getOrDefault("limit", "")),
                semaphores(options.getOrDefault("sema", "")),
                millis(options, "timeout"),
                traits(options));
    }

    private static Duration millis(Map<String, String> options, String key) {
        return Duration.ofMillis(Long.parseLong(options.getOrDefault(key, "0")));
    }

    private static Meta.RateLimit rate(String text) {
        if (text.isEmpty()) {
            return Meta.RateLimit.NONE;
        }
        String[] parts = text.split("/", -1);
        return new Meta.RateLimit(Double.parseDouble(parts[0]), Integer.parseInt(parts[1]));
    }

    private static List<Meta.Semaphore> semaphores(String text) {
        List<Meta.Semaphore> semaphores = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String semaphore : text.split("/", -1)) {
                String[] parts = semaphore.split(":", -1);
                boolean fleet = parts[0].startsWith("@");
                semaphores.add(
                        new Meta.Semaphore(
                                fleet ? Meta.Scope.FLEET : Meta.Scope.HOST,
                                fleet ? parts[0].substring(1) : parts[0],
                                Integer.parseInt(parts[1])));
            }
        }
        return semaphores;
    }

    private static Set<Trait> traits(Map<String, String> options) {
        Set<Trait> traits = EnumSet.copyOf(Meta.NONE.traits());
        for (Trait trait : Trait.values()) {
            String word = options.get(trait.name().toLowerCase(Locale.ROOT));
            if (word != null) {
                if (word.equals("no")) {
                    traits.remove(trait);
                } else {
                    traits.add(trait);
                }
            }
        }
        return traits;
    }
}
