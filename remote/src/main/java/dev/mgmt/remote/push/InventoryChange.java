package dev.mgmt.remote.push;

import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.inventory.InventoryReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * From the inventory that runs to the one that was read. Graphs may differ; who the hosts are and
 * how they are reached is fixed for a run.
 */
final class InventoryChange {
    private static final String RESTART = "restart the run to take it up";

    private final Inventory before;
    private final Inventory after;

    private InventoryChange(Inventory before, Inventory after) {
        this.before = before;
        this.after = after;
    }

    static Edit between(Inventory before, InventoryReading reading) {
        return switch (reading) {
            case InventoryReading.Invalid invalid -> new Edit.Refused(invalid.problems());
            case InventoryReading.Valid(Inventory after, List<InputProblem> warnings) ->
                    new InventoryChange(before, after).edit(warnings);
        };
    }

    private Edit edit(List<InputProblem> warnings) {
        List<InputProblem> problems = otherHosts();
        if (!problems.isEmpty()) {
            return new Edit.Refused(problems);
        }
        Map<String, HostSpec> now = byName(after);
        List<String> edited = new ArrayList<>();
        GraphDifference difference = GraphDifference.NONE;
        for (HostSpec host : before.hosts()) {
            GraphDefinition running = definition(before, host);
            GraphDefinition wanted = definition(after, now.getOrDefault(host.name(), host));
            if (!wanted.equals(running)) {
                edited.add(host.name());
                difference = difference.plus(GraphDifference.between(running, wanted));
            }
        }
        return edited.isEmpty()
                ? new Edit.Unchanged()
                : new Edit.Edited(after, edited, difference, warnings);
    }

    private List<InputProblem> otherHosts() {
        Map<String, HostSpec> old = byName(before);
        Map<String, HostSpec> now = byName(after);
        List<InputProblem> problems = new ArrayList<>();
        now.forEach(
                (name, host) -> {
                    HostSpec known = old.get(name);
                    if (known == null) {
                        problems.add(problem("the host `" + name + "` was added"));
                    } else if (!isSame(host, known)) {
                        problems.add(problem("how `" + name + "` is reached was changed"));
                    }
                });
        old.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> problems.add(problem("the host `" + name + "` was removed")));
        return problems;
    }

    private InputProblem problem(String message) {
        return new InputProblem(after.files().getFirst().toString(), 0, 0, message, RESTART);
    }

    /** Its variables matter where its templates ask for them. */
    private static GraphDefinition definition(Inventory inventory, HostSpec host) {
        return inventory.graphOf(host).definition().given(host.vars());
    }

    /** In all but its graph, and what that may ask of it. */
    private static boolean isSame(HostSpec host, HostSpec other) {
        return host.running(other.graph()).with(other.vars()).equals(other);
    }

    private static Map<String, HostSpec> byName(Inventory inventory) {
        Map<String, HostSpec> hosts = new LinkedHashMap<>();
        inventory.hosts().forEach(host -> hosts.put(host.name(), host));
        return hosts;
    }
}
