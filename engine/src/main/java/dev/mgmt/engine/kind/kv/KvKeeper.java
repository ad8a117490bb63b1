package dev.mgmt.engine.kind.kv;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Condition;
import dev.mgmt.engine.world.World.Entry;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.World.Write;
import dev.mgmt.engine.world.WorldException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what this host says under one key. */
final class KvKeeper implements Keeper {
    /** Only this host writes here: who else keeps changing it is another program. */
    private static final int MOST_TRIES = 5;

    private static final int SHOWN = 80;

    private final KvResource resource;
    private final String key;
    private final World world;
    private Optional<String> said = Optional.empty();
    private Optional<StoreWrite> written = Optional.empty();

    /**
     * @param key in the store
     */
    KvKeeper(KvResource resource, String key, World world) {
        this.resource = resource;
        this.key = key;
        this.world = world;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        try {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Optional<Entry> entry = world.read(key).entries().stream().findFirst();
                Optional<String> standing = entry.map(Entry::value);
                if (isAsWanted(standing, attempt)) {
                    said = standing;
                    return Outcome.GOOD;
                }
                Mending mending = mending(standing);
                if (attempt.checksOnly()) {
                    return new Outcome.Deviates(List.of(mending));
                }
                if (write(entry.map(Entry::revision).orElse(0L))) {
                    return new Outcome.Changed(List.of(mending));
                }
            }
        } catch (WorldException e) {
            throw new IOException(e.getMessage(), e);
        }
        throw new IOException("somebody else keeps changing " + key + " in the store");
    }

    @Override
    public Map<String, String> outputs() {
        return said.map(value -> Map.of(KvDriver.OUTPUT, value)).orElse(Map.of());
    }

    @Override
    public Optional<StoreWrite> lastWrite() {
        return written;
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        try {
            long now = world.read(key).revision();
            return world.watch(key, now + 1, new Relay(listener))::close;
        } catch (WorldException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private boolean isAsWanted(Optional<String> standing, Attempt attempt) {
        if (standing.equals(resource.value())) {
            return true;
        }
        return standing.isPresent()
                && resource.value().isPresent()
                && !attempt.refreshes()
                && Comparison.keeps(resource.keeps(), standing.get(), resource.value().get());
    }

    /** Nothing if it has changed since it was read. */
    private boolean write(long standing) throws WorldException, InterruptedException {
        Write write =
                resource.value()
                        .<Write>map(value -> new Write.Put(key, value, 0))
                        .orElseGet(() -> new Write.Delete(key));
        Condition unchanged = new Condition(key, standing);
        World.Commit commit = world.commit(new Transaction(List.of(unchanged), List.of(write)));
        if (commit.applied()) {
            said = resource.value();
            written = Optional.of(new StoreWrite(key, commit.revision()));
        }
        return commit.applied();
    }

    private Mending mending(Optional<String> standing) {
        return new Mending("value", shown(standing) + " → " + shown(resource.value()));
    }

    private static String shown(Optional<String> value) {
        return value.map(
                        text ->
                                text.length() <= SHOWN && text.indexOf('\n') < 0
                                        ? "`" + text + "`"
                                        : text.length() + " characters")
                .orElse("nothing");
    }

    /** What this keeper itself has written is no news. */
    private final class Relay implements World.Listener {
        private final WatchListener listener;

        private Relay(WatchListener listener) {
            this.listener = listener;
        }

        @Override
        public void changed(long revision, List<Change> changes) {
            for (Change change : changes) {
                Optional<String> now =
                        switch (change) {
                            case Change.Put(Entry entry) -> Optional.of(entry.value());
                            case Change.Deleted(String _) -> Optional.empty();
                        };
                if (!now.equals(resource.value())) {
                    listener.changed();
                }
            }
        }

        @Override
        public void ended(WorldException cause) {
            listener.ended(String.valueOf(cause.getMessage()));
        }
    }
}
