package dev.mgmt.engine.dbus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real dbus-daemon with a bus of its own. Needs Debian's package dbus. */
final class BusDaemon implements AutoCloseable {
    private static final String CONFIGURATION =
            """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <listen>unix:path=SOCKET</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
            </busconfig>
            """;

    private final Path socket;
    private final Process process;

    private BusDaemon(Path socket, Process process) {
        this.socket = socket;
        this.process = process;
    }

    static BusDaemon start(Path directory) {
        if (!Files.exists(Path.of("/usr/bin/dbus-daemon"))) {
            throw new AssertionError(
                    "this test needs a dbus-daemon: install Debian's package dbus");
        }
        Path socket = directory.resolve("bus");
        Path configuration = directory.resolve("bus.conf");
        try {
            Files.deleteIfExists(socket);
            Files.writeString(configuration, CONFIGURATION.replace("SOCKET", socket.toString()));
            Process process =
                    new ProcessBuilder(
                                    "/usr/bin/dbus-daemon",
                                    "--nofork",
                                    "--nopidfile",
                                    "--print-address",
                                    "--config-file=" + configuration)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            // It listens once it says where.
            if (process.getInputStream().read() < 0) {
                throw new AssertionError("the dbus-daemon of this test ended at once");
            }
            return new BusDaemon(socket, process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path socket() {
        return socket;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
