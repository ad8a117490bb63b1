package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.cli.metrics.Metrics;
import dev.mgmt.cli.metrics.MetricsServer;
import dev.mgmt.cli.view.CheckLine;
import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.engine.Engine;
import dev.mgmt.engine.EngineEvent;
import dev.mgmt.engine.kind.KindCatalog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** All that follow one run, and the kinds as they have to be run to be followed. */
final class Sidelines implements Sideline {
    private final List<Sideline> all = new ArrayList<>();
    private KindCatalog catalog;

    private Sidelines(KindCatalog catalog) {
        this.catalog = catalog;
    }

    static Sidelines open(RunOptions options, KindCatalog catalog, Surroundings surroundings)
            throws CannotRun {
        Outlets outlets = options.outlets();
        Sidelines sidelines = new Sidelines(catalog);
        if (options.verbosity().isAtLeast(Verbosity.DEBUG)) {
            sidelines.catalog = catalog.heardBy(check -> surroundings.remark(CheckLine.of(check)));
        }
        outlets.picture()
                .ifPresent(
                        picture ->
                                sidelines.all.add(new GraphPicture(picture, surroundings::remark)));
        if (outlets.metrics().isPresent()) {
            sidelines.serve(outlets.metrics().get(), surroundings);
        }
        return sidelines;
    }

    private void serve(InetSocketAddress address, Surroundings surroundings) throws CannotRun {
        Metrics metrics = new Metrics(catalog.kinds().names());
        try {
            MetricsServer server = MetricsServer.open(address, metrics);
            surroundings.remark("metrics at " + server.url());
            all.add(new Counted(metrics, server));
            catalog = catalog.heardBy(metrics::checked);
        } catch (IOException taken) {
            throw new CannotRun(
                    new Problem(
                            "metrics cannot be served at " + address,
                            String.valueOf(taken.getMessage()),
                            "another port: --prometheus-listen 127.0.0.1:9234"),
                    ExitCode.USAGE);
        }
    }

    private record Counted(Metrics metrics, MetricsServer server) implements Sideline {
        @Override
        public void told(EngineEvent event, Engine engine) {
            metrics.told(event, engine.graph());
        }

        @Override
        public void close() {
            server.close();
        }
    }

    KindCatalog catalog() {
        return catalog;
    }

    @Override
    public void told(EngineEvent event, Engine engine) {
        all.forEach(sideline -> sideline.told(event, engine));
    }

    @Override
    public void close() {
        all.forEach(Sideline::close);
    }
}
