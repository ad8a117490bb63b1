package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.kind.pkg.PkgResource.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Packages, as many as can be in one call of the package manager. */
final class PkgDriver implements ResourceDriver<PkgResource> {
    private final HostPackages packages;

    PkgDriver(HostPackages packages) {
        this.packages = packages;
    }

    @Override
    public Freshness freshness(PkgResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(PkgResource resource, OutputListener output) {
        if (resource.state() instanceof State.Newest) {
            packages.follow(resource.packageName());
        }
        return new PkgKeeper(resource, packages, output);
    }

    /** What one package allows, it allows the whole call: so they must allow the same. */
    @Override
    public Optional<Object> groupKey(PkgResource resource) {
        return Optional.of(resource.allows());
    }

    @Override
    public List<Outcome> runTogether(List<Joined> members)
            throws IOException, InterruptedException {
        List<Task> tasks = new ArrayList<>();
        for (Joined member : members) {
            tasks.add(((PkgKeeper) member.keeper()).task(member.attempt()));
        }
        return new Transaction(packages, tasks).run();
    }
}
