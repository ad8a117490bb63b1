package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Presence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Scheduled commands. */
final class CronDriver implements ResourceDriver<CronResource> {
    private static final Pattern VARIABLE = Pattern.compile("(?m)^([A-Za-z_][A-Za-z0-9_]*)=.*$");

    private final HostFiles files;

    CronDriver(HostFiles files) {
        this.files = files;
    }

    @Override
    public Freshness freshness(CronResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(CronResource resource, OutputListener output) {
        // Readable by its owner only: commands and variables may have secrets.
        OwnFile file =
                new OwnFile(
                        files.root().at(resource.path()),
                        "0600",
                        "this host has no /etc/cron.d (install cron)",
                        CronDriver::shown);
        String text = resource.state() == Presence.ABSENT ? "" : text(resource);
        return new Keeper() {
            @Override
            public Outcome run(Attempt attempt) throws IOException, InterruptedException {
                List<Mending> mendings = new ArrayList<>();
                switch (resource.state()) {
                    case EXISTS -> file.keep(text, attempt, mendings);
                    case ABSENT -> file.remove(attempt, mendings);
                }
                return Outcome.of(attempt, mendings);
            }

            @Override
            public Watch watch(WatchListener listener) throws IOException {
                return files.watch(listener, List.of(files.root().at(resource.path())));
            }
        };
    }

    /** Not what variables hold: it is where people put passwords. */
    private static String shown(String text) {
        return VARIABLE.matcher(text).replaceAll("$1=…");
    }

    private static String text(CronResource resource) {
        StringBuilder text = new StringBuilder("# Kept by mgmt: changes are undone.\n");
        resource.environment()
                .forEach(
                        (name, value) -> {
                            char quote = value.indexOf('"') < 0 ? '"' : '\'';
                            text.append(name).append('=').append(quote).append(value);
                            text.append(quote).append('\n');
                        });
        text.append(resource.time()).append(' ').append(resource.user()).append(' ');
        return text.append(resource.command()).append('\n').toString();
    }
}
