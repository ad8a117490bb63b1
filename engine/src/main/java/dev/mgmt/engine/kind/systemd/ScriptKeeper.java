package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.SvcResource.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps one service true that is a script. Nothing tells when such a service ends, so it is asked
 * every now and then; a look that finds nothing new is nobody's business.
 */
final class ScriptKeeper implements Keeper {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(30);

    private final SvcResource resource;
    private final String service;
    private final InitScripts scripts;
    private final Duration betweenLooks;

    ScriptKeeper(SvcResource resource, InitScripts scripts) {
        this(resource, scripts, BETWEEN_LOOKS);
    }

    ScriptKeeper(SvcResource resource, InitScripts scripts, Duration betweenLooks) {
        this.resource = resource;
        this.scripts = scripts;
        this.betweenLooks = betweenLooks;
        service = UnitName.withoutService(resource.unit());
    }

    /** What a look tells. */
    private record Standing(boolean running, boolean enabled) {}

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>(2);
        try {
            mend(attempt, mendings);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage());
            return new Outcome.Failed(reason, attempt.checksOnly() ? List.of() : mendings);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        Standing first = look();
        Thread looking =
                Thread.ofVirtual()
                        .name("looks at " + resource.id())
                        .start(() -> lookOnAndOn(first, listener));
        return looking::interrupt;
    }

    private void lookOnAndOn(Standing first, WatchListener listener) {
        Standing last = first;
        try {
            while (true) {
                Thread.sleep(betweenLooks);
                Standing present = look();
                if (!present.equals(last)) {
                    last = present;
                    listener.changed();
                }
            }
        } catch (IOException e) {
            listener.ended("cannot look at " + service + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    private Standing look() throws IOException, InterruptedException {
        if (!scripts.has(service)) {
            return new Standing(false, false);
        }
        return new Standing(
                resource.state().isPresent() && running(),
                resource.startup().isPresent() && scripts.enabled(service));
    }

    private boolean running() throws IOException, InterruptedException {
        return scripts.call(service, "status").succeeded();
    }

    private void mend(Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (!scripts.has(service)) {
            missing(attempt, mendings);
            return;
        }
        int status = scripts.call(service, "status").code();
        boolean running = status == 0;
        if (resource.startup().isPresent()) {
            mendStartup(resource.startup().get(), attempt, mendings);
        }
        if (resource.state().isPresent()) {
            mendState(resource.state().get(), status, attempt, mendings);
        }
        boolean stays = !resource.state().filter(State.STOPPED::equals).isPresent();
        if (attempt.refreshes() && running && stays) {
            refresh(attempt, mendings);
        }
    }

    private void missing(Attempt attempt, List<Mending> mendings) throws IOException {
        UnitWish wish = UnitWish.of(resource);
        if (!wish.needsTheUnit()) {
            return;
        }
        if (!attempt.checksOnly()) {
            throw new IOException(
                    "there is no service "
                            + service
                            + " on this host: /etc/init.d/"
                            + service
                            + " is missing (install the package that has it)");
        }
        wish.startup().ifPresent(_ -> mendings.add(new Mending("startup", "absent → enabled")));
        wish.state().ifPresent(_ -> mendings.add(new Mending("state", "absent → running")));
    }

    private void mendStartup(Startup wanted, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        boolean enabled = scripts.enabled(service);
        if (enabled == (wanted == Startup.ENABLED)) {
            return;
        }
        mendings.add(new Mending("startup", enabled ? "enabled → disabled" : "disabled → enabled"));
        if (!attempt.checksOnly()) {
            ToolRun run = scripts.set(service, wanted);
            if (!run.succeeded() || scripts.enabled(service) == enabled) {
                throw new IOException(
                        "could not change whether %s starts with the host: exit code %d%s"
                                .formatted(service, run.code(), run.said()));
            }
        }
    }

    private void mendState(State wanted, int status, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        boolean running = status == 0;
        if (running == (wanted == State.RUNNING)) {
            return;
        }
        mendings.add(new Mending("state", running ? "running → stopped" : "stopped → running"));
        if (!attempt.checksOnly()) {
            String verb = running ? "stop" : scripts.startVerb(status);
            ToolRun run = scripts.call(service, verb);
            if (!run.succeeded() || running() == running) {
                throw new IOException(
                        "could not %s %s: its script ended with exit code %d%s"
                                .formatted(verb, service, run.code(), run.said()));
            }
        }
    }

    /** Not every script can reload. */
    private void refresh(Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (attempt.checksOnly()) {
            mendings.add(new Mending("refresh", "would be reloaded or restarted"));
            return;
        }
        if (!scripts.call(service, "reload").succeeded()) {
            ToolRun run = scripts.call(service, "restart");
            if (!run.succeeded()) {
                throw new IOException(
                        "could not restart %s: its script ended with exit code %d%s"
                                .formatted(service, run.code(), run.said()));
            }
        }
        mendings.add(new Mending("refresh", "reloaded or restarted"));
    }
}
