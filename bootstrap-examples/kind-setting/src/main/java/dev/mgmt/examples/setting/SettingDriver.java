package dev.mgmt.examples.setting;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.os.DirectoryWatches;

/** Settings are watched: who edits the file by hand sees the value come back. */
final class SettingDriver implements ResourceDriver<SettingResource> {
    private final DirectoryWatches watches;

    SettingDriver(HostTools tools) {
        watches = tools.watches();
    }

    @Override
    public Freshness freshness(SettingResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(SettingResource resource, OutputListener output) {
        return new SettingKeeper(resource, watches);
    }
}
