package dev.mgmt.remote.reach;

import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.tunnel.config.ConfigProblem;
import dev.mgmt.tunnel.config.HostConfig;
import dev.mgmt.tunnel.config.HostQuery;
import dev.mgmt.tunnel.config.Resolution;
import dev.mgmt.tunnel.config.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What came of looking up every host, before any is touched. */
public sealed interface ReachFinding {
    record Found(Reach reach) implements ReachFinding {}

    /**
     * @param problems a line each; hosts that share one share the line
     */
    record Unusable(List<String> problems) implements ReachFinding {
        public Unusable {
            problems = List.copyOf(problems);
        }
    }

    /** Side by side: how many at once is the resolver's to limit. */
    static ReachFinding of(List<HostSpec> hosts, SshOptions options, Resolver resolver)
            throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Resolution>> questions = new ArrayList<>();
            hosts.forEach(host -> questions.add(() -> resolver.resolve(query(host, options))));
            return sum(hosts, threads.invokeAll(questions));
        }
    }

    /** The inventory before the command line, and both before ssh_config. */
    private static HostQuery query(HostSpec host, SshOptions options) {
        return new HostQuery(
                host.address(),
                host.port().or(options::port),
                host.user().or(options::user),
                Optional.empty());
    }

    private static ReachFinding sum(List<HostSpec> hosts, List<Future<Resolution>> answers)
            throws InterruptedException {
        Map<String, HostConfig> configs = new LinkedHashMap<>();
        Map<String, Set<String>> problems = new LinkedHashMap<>();
        for (int i = 0; i < hosts.size(); i++) {
            String name = hosts.get(i).name();
            switch (answer(answers.get(i))) {
                case Resolution.Resolved(HostConfig config) -> configs.put(name, config);
                case Resolution.Unusable(List<ConfigProblem> told) ->
                        addAll(problems, told, hosts.get(i));
            }
        }
        return problems.isEmpty()
                ? new Found(new Reach(configs))
                : new Unusable(
                        problems.entrySet().stream()
                                .map(each -> hosts(each.getValue()) + ": " + each.getKey())
                                .toList());
    }

    private static void addAll(
            Map<String, Set<String>> problems, List<ConfigProblem> told, HostSpec host) {
        told.forEach(each -> add(problems, each, host));
    }

    private static void add(
            Map<String, Set<String>> problems, ConfigProblem problem, HostSpec host) {
        String where =
                problem.host().equals(host.address())
                        ? ""
                        : "on the way, at " + problem.host() + ": ";
        String advice = problem.advice().isEmpty() ? "" : " (" + problem.advice() + ")";
        problems.computeIfAbsent(where + problem.what() + advice, _ -> new LinkedHashSet<>())
                .add(host.name());
    }

    private static String hosts(Set<String> names) {
        String first = names.iterator().next();
        return names.size() == 1 ? first : first + " and " + (names.size() - 1) + " more";
    }

    private static Resolution answer(Future<Resolution> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a host could not be looked up", e.getCause());
        }
    }
}
