package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.HostnameResource.Name;
import java.io.IOException;
import java.util.Map;

/** Where a host's names are read and set. */
interface HostNames {
    /** All three; empty text where there is none. */
    Map<Name, String> read() throws IOException, InterruptedException;

    void set(Name name, String text) throws IOException, InterruptedException;
}
