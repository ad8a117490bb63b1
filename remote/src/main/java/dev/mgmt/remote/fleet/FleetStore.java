package dev.mgmt.remote.fleet;

import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.GraphDefinition.Collect;
import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.remote.inventory.GraphSource;
import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.wire.FleetValue;
import dev.mgmt.remote.wire.HostVariables;
import dev.mgmt.tunnel.etcd.EmbeddedStore;
import dev.mgmt.tunnel.etcd.StoreAccess.Put;
import dev.mgmt.tunnel.etcd.StoreServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The store as the owner of a run uses it: graphs go in, what hosts write comes out. */
final class FleetStore implements AutoCloseable {
    private static final String ALL = "/_mgmt/";

    private final EmbeddedStore store = new EmbeddedStore();
    private final StoreServer server = new StoreServer(store);

    /** Lets hosts in, and tells the owner of everything that is written from now on. */
    void open(RunContext context) {
        long next = store.read(StoreKeys.FLEET).revision() + 1;
        // Ends with the store.
        store.watch(
                ALL,
                next,
                (revision, changes) ->
                        context.inbox().put(new FleetInput.StoreChanged(revision, changes)));
        tell(context.run(), FleetValue.Phase.RUNNING);
        context.door().open(server);
    }

    /** Writes these hosts' graphs in one revision, which is returned. */
    long push(Inventory inventory, List<HostSpec> hosts, HostRights rights) {
        List<Put> graphs = new ArrayList<>();
        for (HostSpec host : hosts) {
            GraphSource graph = inventory.graphOf(host);
            rights.grant(host.name(), graph.definition());
            if (graph.definition().templates().isPresent()) {
                String variables = new HostVariables(host.vars()).text();
                graphs.add(new Put(StoreKeys.variables(host.name()), Optional.of(variables)));
            }
            graphs.add(new Put(StoreKeys.graph(host.name()), Optional.of(graph.text())));
        }
        return store.write(graphs);
    }

    /** Every agent sees it at once. */
    void tellEnding(String run) {
        tell(run, FleetValue.Phase.ENDING);
    }

    private void tell(String run, FleetValue.Phase phase) {
        String value = new FleetValue(run, phase).text();
        store.write(List.of(new Put(StoreKeys.FLEET, Optional.of(value))));
    }

    /** What others write that this host's graph is made of, as {@link FleetRest} takes it. */
    static Set<String> collects(Inventory inventory, HostSpec host) {
        GraphDefinition graph = inventory.graphOf(host).definition();
        Set<String> matters =
                graph.collects().stream().map(Collect::kind).collect(Collectors.toSet());
        if (!graph.keys().isEmpty()) {
            matters.add(FleetRest.VALUES);
        }
        return Set.copyOf(matters);
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
