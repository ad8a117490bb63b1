package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;

/** Commands that are run. */
final class ExecDriver implements ResourceDriver<ExecResource> {
    @Override
    public Freshness freshness(ExecResource resource) {
        return resource.watch().isPresent() ? Freshness.WATCHED : Freshness.SETTLED;
    }

    @Override
    public Keeper keeper(ExecResource resource, OutputListener output) {
        return new ExecKeeper(resource, output);
    }
}
