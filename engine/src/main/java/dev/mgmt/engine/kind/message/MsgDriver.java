package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.EngineEvent.Stream;
import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.message.MsgResource.Priority;
import dev.mgmt.engine.kind.message.MsgResource.Sink;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Messages for people: to the log, and to what the host keeps messages with. */
final class MsgDriver implements ResourceDriver<MsgResource> {
    private final Logger logger;

    MsgDriver(Machine machine) {
        logger = new Logger(machine);
    }

    @Override
    public Freshness freshness(MsgResource resource) {
        return Freshness.SETTLED;
    }

    @Override
    public Keeper keeper(MsgResource resource, OutputListener output) {
        return new MsgKeeper(resource, logger, output);
    }

    /** Says it once, and again when it is refreshed. */
    private static final class MsgKeeper implements Keeper {
        private final MsgResource resource;
        private final Logger logger;
        private final OutputListener output;
        private boolean said;

        /** Who has it already, of a message that others have not got yet. */
        private final Set<Sink> reached = EnumSet.noneOf(Sink.class);

        private MsgKeeper(MsgResource resource, Logger logger, OutputListener output) {
            this.resource = resource;
            this.logger = logger;
            this.output = output;
        }

        @Override
        public Outcome run(Attempt attempt) throws IOException, InterruptedException {
            if (said && !attempt.refreshes()) {
                return Outcome.GOOD;
            }
            List<Mending> mendings = new ArrayList<>(2);
            for (Sink sink : resource.sinks()) {
                if (!attempt.checksOnly()) {
                    send(sink);
                }
                mendings.add(new Mending(sink.name().toLowerCase(Locale.ROOT), resource.body()));
            }
            reached.clear();
            log();
            said = !attempt.checksOnly() || mendings.isEmpty();
            return Outcome.of(attempt, mendings);
        }

        private void send(Sink sink) throws IOException, InterruptedException {
            if (reached.contains(sink)) {
                return;
            }
            switch (sink) {
                case JOURNAL -> logger.toJournal(resource);
                case SYSLOG -> logger.toSyslog(resource);
            }
            reached.add(sink);
        }

        private void log() {
            Stream stream =
                    resource.priority().level() <= Priority.ERR.level()
                            ? Stream.STDERR
                            : Stream.STDOUT;
            String mark =
                    resource.priority() == Priority.NOTICE ? "" : resource.priority().word() + ": ";
            resource.body().lines().forEach(line -> output.line(stream, mark + line));
        }

        @Override
        public Watch watch(WatchListener listener) {
            return Watch.NONE;
        }
    }
}
