package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps one package as it should be. */
final class PkgKeeper implements Keeper {
    private final PkgResource resource;
    private final HostPackages packages;
    private final OutputListener output;
    private volatile @Nullable View seen;

    PkgKeeper(PkgResource resource, HostPackages packages, OutputListener output) {
        this.resource = resource;
        this.packages = packages;
        this.output = output;
    }

    Task task(Attempt attempt) {
        return new Task(resource, attempt, output, view -> seen = view);
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        return new Transaction(packages, List.of(task(attempt))).run().getFirst();
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        return News.of(resource, packages, () -> seen, listener);
    }
}
