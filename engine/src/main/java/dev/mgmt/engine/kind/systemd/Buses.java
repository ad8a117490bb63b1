package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.Bus;
import dev.mgmt.engine.dbus.BusLine;
import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The connections that all drivers here share; made when one of them is first needed. */
final class Buses implements HostTools.Closing {
    private final BusLine systemLine;
    private final BusLine sessionLine;
    private final Systemd system;
    private final Systemd session;

    Buses(Machine machine) {
        systemLine =
                new BusLine(
                        () ->
                                dial(
                                        machine.at("/run/dbus/system_bus_socket"),
                                        machine.at("/run/systemd/private"),
                                        "the system bus"));
        sessionLine =
                new BusLine(
                        () ->
                                dial(
                                        machine.sessionDirectory().resolve("bus"),
                                        machine.sessionDirectory().resolve("systemd/private"),
                                        "the bus of this user's session"));
        system = new Systemd(systemLine);
        session = new Systemd(sessionLine);
    }

    BusLine systemLine() {
        return systemLine;
    }

    /** The manager of the host's services. */
    Systemd system() {
        return system;
    }

    /** The manager of the user's services. */
    Systemd session() {
        return session;
    }

    @Override
    public void close() {
        systemLine.close();
        sessionLine.close();
    }

    /** A host without a bus daemon has systemd's own socket all the same, for its owner alone. */
    private static Bus dial(Path bus, Path own, String name)
            throws IOException, InterruptedException {
        try {
            return Bus.connect(bus, Bus.Partner.BUS);
        } catch (IOException e) {
            if (Files.exists(own)) {
                return Bus.connect(own, Bus.Partner.PEER);
            }
            throw new IOException(
                    "cannot connect to %s at %s: %s".formatted(name, bus, e.getMessage()), e);
        }
    }
}
