package dev.mgmt.engine.driver;

import dev.mgmt.engine.driver.CheckListener.Cause;
import dev.mgmt.engine.driver.CheckListener.Check;
import dev.mgmt.engine.driver.CheckListener.Finding;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another driver, and somebody who hears what comes of its checks. */
public final class HeardDriver<R extends Resource> implements ResourceDriver<R> {
    private final ResourceDriver<R> driver;
    private final CheckListener listener;

    public HeardDriver(ResourceDriver<R> driver, CheckListener listener) {
        this.driver = driver;
        this.listener = listener;
    }

    @Override
    public Freshness freshness(R resource) {
        return driver.freshness(resource);
    }

    @Override
    public Keeper keeper(R resource, OutputListener output) {
        return new Heard(resource.id(), driver.keeper(resource, output), listener);
    }

    @Override
    public Optional<Object> groupKey(R resource) {
        return driver.groupKey(resource);
    }

    /** The driver meets its own keepers; it was this one that gave out others. */
    @Override
    public List<Outcome> runTogether(List<Joined> members)
            throws IOException, InterruptedException {
        List<Heard> heard = members.stream().map(member -> (Heard) member.keeper()).toList();
        List<Joined> own =
                members.stream()
                        .map(each -> new Joined(((Heard) each.keeper()).keeper, each.attempt()))
                        .toList();
        for (int i = 0; i < heard.size(); i++) {
            heard.get(i).begin(members.get(i).attempt());
        }
        try {
            List<Outcome> outcomes = driver.runTogether(own);
            for (int i = 0; i < outcomes.size(); i++) {
                heard.get(i).tell(members.get(i).attempt(), outcomes.get(i));
            }
            return outcomes;
        } catch (IOException e) {
            for (int i = 0; i < heard.size(); i++) {
                heard.get(i).tell(members.get(i).attempt(), Finding.FAILED);
            }
            throw e;
        }
    }

    private static final class Heard implements Keeper {
        private final ResourceId id;
        private final Keeper keeper;
        private final CheckListener listener;

        /** Told by a watch since the last run began. */
        private volatile boolean disturbed;

        private @Nullable Finding last;
        private Cause cause = Cause.NEW;

        private Heard(ResourceId id, Keeper keeper, CheckListener listener) {
            this.id = id;
            this.keeper = keeper;
            this.listener = listener;
        }

        @Override
        public Outcome run(Attempt attempt) throws IOException, InterruptedException {
            begin(attempt);
            try {
                Outcome outcome = keeper.run(attempt);
                tell(attempt, outcome);
                return outcome;
            } catch (IOException e) {
                tell(attempt, Finding.FAILED);
                throw e;
            }
        }

        private void begin(Attempt attempt) {
            boolean wasDisturbed = disturbed;
            disturbed = false;
            if (last == null) {
                cause = Cause.NEW;
            } else if (attempt.refreshes()) {
                cause = Cause.REFRESH;
            } else if (wasDisturbed) {
                cause = Cause.DISTURBANCE;
            } else {
                cause = last == Finding.FAILED ? Cause.RETRY : Cause.TURN;
            }
        }

        private void tell(Attempt attempt, Outcome outcome) {
            tell(
                    attempt,
                    switch (outcome) {
                        case Outcome.Good _ -> Finding.GOOD;
                        case Outcome.Changed _, Outcome.Deviates _ -> Finding.EVENTFUL;
                        case Outcome.Failed _ -> Finding.FAILED;
                    });
        }

        private void tell(Attempt attempt, Finding finding) {
            last = finding;
            listener.checked(new Check(id, attempt.enforcement(), cause, finding));
        }

        @Override
        public boolean isInstant() {
            return keeper.isInstant();
        }

        @Override
        public Map<String, String> outputs() {
            return keeper.outputs();
        }

        @Override
        public Optional<StoreWrite> lastWrite() {
            return keeper.lastWrite();
        }

        @Override
        public Watch watch(WatchListener watcher) throws IOException, InterruptedException {
            return keeper.watch(
                    new WatchListener() {
                        @Override
                        public void changed() {
                            disturbed = true;
                            watcher.changed();
                        }

                        @Override
                        public void ended(String reason) {
                            watcher.ended(reason);
                        }
                    });
        }
    }
}
