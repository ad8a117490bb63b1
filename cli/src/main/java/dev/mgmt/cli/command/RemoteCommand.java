package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;
import dev.mgmt.cli.Surroundings;
import dev.mgmt.cli.view.FleetView;
import dev.mgmt.cli.view.Verbosity;
import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.remote.fleet.Equipment;
import dev.mgmt.remote.fleet.FleetReport;
import dev.mgmt.remote.fleet.FleetRun;
import dev.mgmt.remote.image.AgentImages;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.inventory.InventoryOptions;
import dev.mgmt.remote.inventory.InventoryReader;
import dev.mgmt.remote.inventory.InventoryReading;
import dev.mgmt.remote.push.GraphWatch;
import dev.mgmt.remote.reach.Lookup;
import dev.mgmt.remote.reach.Reach;
import dev.mgmt.remote.reach.ReachFinding;
import dev.mgmt.tunnel.Tunnels;
import dev.mgmt.tunnel.sshj.SshjTunnels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code mgmt remote}: a fleet, over SSH. */
public final class RemoteCommand implements Command {
    /** Where the program was unpacked; the launcher says so. */
    private static final String HOME_PROPERTY = "mgmt.home";

    /** Jars of the laptop's are not in the image that hosts get: their kinds are none there. */
    private final InventoryReader reader =
            new InventoryReader(new GraphReader(KindCatalog.builtIn().kinds()));

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("remote").addOption(Arguments.help());
        RemoteOptions.declare(spec);
        spec.usageMessage()
                .description(
                        "Bring up hosts over SSH, run their graphs and keep them true until the"
                                + " fleet has converged or ^C.");
        return spec;
    }

    @Override
    public ExitCode run(Arguments arguments, Surroundings surroundings)
            throws InterruptedException {
        Path home = ValidateCommand.home(surroundings);
        RemoteOptions options = RemoteOptions.of(arguments);
        InventoryOptions reading = new InventoryOptions(options.limit(), options.passwords(), home);
        return switch (reader.read(options.files(), reading)) {
            case InventoryReading.Invalid invalid -> {
                invalid.problems().forEach(each -> surroundings.remark(each.toString()));
                yield ExitCode.INVALID_INPUT;
            }
            case InventoryReading.Valid valid -> {
                valid.warnings().forEach(each -> surroundings.remark("warning: " + each));
                Optional<SharedPassword> password = Optional.empty();
                try {
                    if (arguments.flag(SharedPassword.OPTION)) {
                        password = Optional.of(SharedPassword.ask());
                    }
                    yield looked(
                            valid.inventory(), new Order(options, reading, password), surroundings);
                } catch (CannotRun no) {
                    surroundings.tell(no.problem());
                    yield no.code();
                } finally {
                    password.ifPresent(SharedPassword::close);
                }
            }
        };
    }

    /** What was asked for on the command line, and then at the console. */
    private record Order(
            RemoteOptions options, InventoryOptions reading, Optional<SharedPassword> password) {}

    /** Finds out how each host is reached: what cannot be honoured ends the run here. */
    private ExitCode looked(Inventory inventory, Order order, Surroundings surroundings)
            throws InterruptedException {
        Lookup lookup =
                new Lookup(
                        order.options().fleet().ssh(),
                        SshjTunnels.offer(),
                        surroundings.environment(),
                        order.reading().home());
        if (order.options().verbosity() == Verbosity.VERBOSE) {
            lookup.remark().ifPresent(surroundings::remark);
        }
        return switch (lookup.of(inventory.hosts())) {
            case ReachFinding.Found(Reach reach) ->
                    withFiles(inventory, reach, order, surroundings);
            case ReachFinding.Unusable(List<String> problems) -> {
                problems.forEach(surroundings::remark);
                yield ExitCode.INVALID_INPUT;
            }
        };
    }

    /** Opens what of this machine's files the run needs. */
    private ExitCode withFiles(
            Inventory inventory, Reach reach, Order order, Surroundings surroundings)
            throws InterruptedException {
        try {
            AgentImages images = images();
            Optional<GraphWatch> edits = edits(inventory, order.options(), order.reading());
            return bringUp(new Start(inventory, reach, images, edits), order, surroundings);
        } catch (IOException unusable) {
            surroundings.tell(
                    new Problem(
                            "the files of this run cannot be used",
                            String.valueOf(unusable.getMessage()),
                            "mend or remove what is named, or install mgmt anew"));
            return ExitCode.CANNOT_TAKE_AGENT;
        }
    }

    private record Start(
            Inventory inventory, Reach reach, AgentImages images, Optional<GraphWatch> edits) {}

    private static ExitCode bringUp(Start start, Order order, Surroundings surroundings)
            throws InterruptedException {
        RemoteOptions options = order.options();
        try (FleetView view =
                        FleetView.open(
                                options.output(),
                                options.fleet().plan(),
                                options.verbosity(),
                                surroundings);
                Tunnels tunnels = new SshjTunnels(new ConsolePerson(view::aside));
                BecomePassword sudo = new BecomePassword(() -> view.aside(BecomePassword::ask));
                FleetRun run =
                        FleetRun.start(
                                start.inventory(),
                                options.fleet(),
                                new Equipment(
                                        start.images(),
                                        tunnels,
                                        start.reach(),
                                        file -> view.aside(() -> Passphrase.of(file)),
                                        order.password().map(SharedPassword::copies),
                                        switch (options.becomeAnswer()) {
                                            case ASKED -> Optional.of(sudo);
                                            case NONE -> Optional.empty();
                                        }),
                                start.edits(),
                                view::show);
                ProcessSignals _ = ProcessSignals.toldTo(_ -> run.stop())) {
            FleetReport report = run.await();
            ExitCode code = ExitCode.of(report, options.fleet().plan());
            view.end(report, code);
            return code;
        }
    }

    private static AgentImages images() throws IOException {
        String home = System.getProperty(HOME_PROPERTY);
        return home == null ? new AgentImages(List.of()) : AgentImages.in(Path.of(home));
    }

    private Optional<GraphWatch> edits(
            Inventory inventory, RemoteOptions options, InventoryOptions reading)
            throws IOException {
        return switch (options.fleet().edits()) {
            case PUSHED ->
                    Optional.of(GraphWatch.open(reader, reading, options.files(), inventory));
            case IGNORED -> Optional.empty();
        };
    }
}
