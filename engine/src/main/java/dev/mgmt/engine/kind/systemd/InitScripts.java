package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Services that are scripts in /etc/init.d, started by OpenRC or in the way of System V. */
sealed interface InitScripts {
    /** A script may wait for what it starts. */
    Duration PATIENCE = Duration.ofMinutes(5);

    Machine machine();

    /** Runs what a script has for a verb such as {@code start}. */
    ToolRun call(String service, String verb) throws IOException, InterruptedException;

    /** The verb that gets a service to run whose status ended with this code. */
    default String startVerb(int status) {
        return "start";
    }

    /** Whether it starts with the host. */
    boolean enabled(String service) throws IOException;

    /** How the tool that sets this ended. */
    ToolRun set(String service, Startup startup) throws IOException, InterruptedException;

    default boolean has(String service) {
        return Files.isExecutable(machine().at("/etc/init.d").resolve(service));
    }

    /** What this host has of these. */
    static Optional<InitScripts> of(Machine machine) {
        Optional<String> openRc = machine.tool("rc-service");
        if (openRc.isPresent()) {
            return Optional.of(new OpenRc(machine, openRc.get()));
        }
        return machine.tool("service").map(tool -> new SystemV(machine, tool));
    }

    /**
     * OpenRC: a service of the runlevel {@code default} starts with the host.
     *
     * @param service the tool rc-service
     */
    record OpenRc(Machine machine, String service) implements InitScripts {
        private static final String RUNLEVELS = "/etc/runlevels";

        /** What a status ends with if the service should run and has died. */
        private static final int CRASHED = 32;

        /** A service that has died counts as started. */
        @Override
        public String startVerb(int status) {
            return status == CRASHED ? "restart" : "start";
        }

        @Override
        public ToolRun call(String name, String verb) throws IOException, InterruptedException {
            return ToolRun.of(machine.command(service, List.of(name, verb)), PATIENCE);
        }

        @Override
        public boolean enabled(String name) throws IOException {
            Path runlevels = machine.at(RUNLEVELS);
            if (!Files.isDirectory(runlevels)) {
                return false;
            }
            try (DirectoryStream<Path> levels = Files.newDirectoryStream(runlevels)) {
                for (Path level : levels) {
                    if (Files.exists(level.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public ToolRun set(String name, Startup startup) throws IOException, InterruptedException {
            String tool =
                    machine.tool("rc-update")
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "OpenRC's rc-update is not on this host"));
            List<String> arguments =
                    switch (startup) {
                        case ENABLED -> List.of("add", name, "default");
                        case DISABLED -> List.of("--all", "del", name);
                    };
            return ToolRun.of(machine.command(tool, arguments), PATIENCE);
        }
    }

    /**
     * Links in /etc/rc?.d: one that starts with S, in a runlevel with several users, starts the
     * service with the host.
     *
     * @param service the tool service
     */
    record SystemV(Machine machine, String service) implements InitScripts {
        private static final List<String> RUNLEVELS =
                List.of("/etc/rc2.d", "/etc/rc3.d", "/etc/rc4.d", "/etc/rc5.d");

        @Override
        public ToolRun call(String name, String verb) throws IOException, InterruptedException {
            return ToolRun.of(machine.command(service, List.of(name, verb)), PATIENCE);
        }

        @Override
        public boolean enabled(String name) throws IOException {
            Pattern link = Pattern.compile("S\\d\\d" + Pattern.quote(name));
            for (String level : RUNLEVELS) {
                if (!Files.isDirectory(machine.at(level))) {
                    continue;
                }
                try (DirectoryStream<Path> links = Files.newDirectoryStream(machine.at(level))) {
                    for (Path one : links) {
                        if (link.matcher(String.valueOf(one.getFileName())).matches()) {
                            return true;
                        }
                    }
                }
            }
            return false;
        }

        @Override
        public ToolRun set(String name, Startup startup) throws IOException, InterruptedException {
            Optional<String> debian = machine.tool("update-rc.d");
            if (debian.isPresent()) {
                return updateRc(debian.get(), name, startup);
            }
            String tool =
                    machine.tool("chkconfig")
                            .orElseThrow(
                                    () ->
                                            new IOException(
                                                    "this host has neither update-rc.d nor"
                                                            + " chkconfig"));
            String onOff = startup == Startup.ENABLED ? "on" : "off";
            return ToolRun.of(machine.command(tool, List.of(name, onOff)), PATIENCE);
        }

        /** Links must be there before they can be switched. */
        private ToolRun updateRc(String tool, String name, Startup startup)
                throws IOException, InterruptedException {
            List<String> verbs = new ArrayList<>();
            verbs.add("defaults");
            verbs.add(startup == Startup.ENABLED ? "enable" : "disable");
            for (String verb : verbs) {
                ToolRun run = ToolRun.of(machine.command(tool, List.of(name, verb)), PATIENCE);
                if (!run.succeeded() || verb.equals(verbs.getLast())) {
                    return run;
                }
            }
            throw new IllegalStateException("no verb");
        }
    }
}
