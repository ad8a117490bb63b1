package dev.mgmt.engine.kind.exec;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.Deeds;

/** Commands that are run. */
final class ExecDriver implements ResourceDriver<ExecResource> {
    private final Deeds deeds;

    ExecDriver(HostTools tools) {
        this.deeds = new Deeds(tools.state());
    }

    @Override
    public Freshness freshness(ExecResource resource) {
        return resource.watch().isPresent() ? Freshness.WATCHED : Freshness.SETTLED;
    }

    @Override
    public Keeper keeper(ExecResource resource, OutputListener output) {
        return new ExecKeeper(resource, deeds, output);
    }
}
