package dev.mgmt.engine.exchange;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.resource.Kinds;
import dev.mgmt.engine.resource.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills a resource's fields before each run and leaves the rest to a keeper of its kind: the same
 * one for as long as the same is received. The watch follows whichever keeper that is.
 */
final class ReceivingKeeper implements Keeper {
    private final ReceivingResource resource;
    private final DriverRegistry drivers;
    private final Kinds kinds;
    private final OutputListener output;
    private Map<String, String> received = Map.of();
    private @Nullable Keeper inner;

    /** All below are guarded by this keeper's monitor. */
    private @Nullable WatchListener listener;

    private @Nullable Watch watch;
    private int generation;

    ReceivingKeeper(
            ReceivingResource resource,
            DriverRegistry drivers,
            Kinds kinds,
            OutputListener output) {
        this.resource = resource;
        this.drivers = drivers;
        this.kinds = kinds;
        this.output = output;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Map<String, String> now = new TreeMap<>();
        List<Outcome.Mending> missing = new ArrayList<>();
        resource.receives()
                .forEach(
                        (field, receipt) ->
                                drivers.outputs()
                                        .find(receipt.from(), receipt.output())
                                        .ifPresentOrElse(
                                                value -> now.put(field, value),
                                                () -> missing.add(awaited(field, receipt))));
        if (!missing.isEmpty()) {
            if (attempt.checksOnly()) {
                return new Outcome.Deviates(missing);
            }
            throw new IOException(
                    missing.getFirst().detail()
                            + ", which has nothing to give: it did not run, or is only checked");
        }
        return filled(now).run(attempt);
    }

    @Override
    public Map<String, String> outputs() {
        return inner == null ? Map.of() : inner.outputs();
    }

    @Override
    public Optional<StoreWrite> lastWrite() {
        return inner == null ? Optional.empty() : inner.lastWrite();
    }

    @Override
    public synchronized Watch watch(WatchListener to) throws IOException, InterruptedException {
        listener = to;
        if (inner != null) {
            follow(inner, to);
        }
        return this::unwatch;
    }

    private static Outcome.Mending awaited(String field, Receipt receipt) {
        return new Outcome.Mending(field, "`" + field + "` is to be received from " + receipt);
    }

    private synchronized Keeper filled(Map<String, String> now)
            throws IOException, InterruptedException {
        if (inner != null && received.equals(now)) {
            return inner;
        }
        Keeper fresh = drivers.keeper(decode(now), output);
        if (listener != null) {
            follow(fresh, listener);
        }
        inner = fresh;
        received = now;
        return fresh;
    }

    private Resource decode(Map<String, String> now) throws IOException {
        FilledFields fields = new FilledFields(resource, now);
        Optional<Resource> decoded =
                kinds.find(resource.id().kind()).flatMap(kind -> kind.decode(fields));
        if (decoded.isEmpty() || !fields.problems().isEmpty()) {
            throw new IOException(
                    "what was received does not fit: " + String.join("; ", fields.problems()));
        }
        return decoded.get();
    }

    /** The new watch stands before the old one goes. */
    private void follow(Keeper keeper, WatchListener to) throws IOException, InterruptedException {
        Watch before = watch;
        generation++;
        watch = keeper.watch(new Current(generation, to));
        if (before != null) {
            before.close();
        }
    }

    private synchronized void unwatch() {
        listener = null;
        generation++;
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private synchronized boolean isCurrent(int number) {
        return number == generation;
    }

    /** Passes on what the keeper in charge hears; what an earlier one still says is of no use. */
    private final class Current implements WatchListener {
        private final int number;
        private final WatchListener to;

        private Current(int number, WatchListener to) {
            this.number = number;
            this.to = to;
        }

        @Override
        public void changed() {
            to.changed();
        }

        @Override
        public void ended(String reason) {
            if (isCurrent(number)) {
                to.ended(reason);
            }
        }
    }
}
