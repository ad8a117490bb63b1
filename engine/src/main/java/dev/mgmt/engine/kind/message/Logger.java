package dev.mgmt.engine.kind.message;

import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The tool logger(1) of util-linux: the sockets of the journal and of syslog take datagrams, which
 * Java does not send to a Unix socket. What is said goes to its standard input: a command line can
 * be seen by all.
 */
final class Logger {
    private static final String JOURNAL = "/run/systemd/journal/socket";
    private static final String SYSLOG = "/dev/log";
    private static final String TAG = "mgmt";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Machine machine;

    Logger(Machine machine) {
        this.machine = machine;
    }

    /** One entry, whole or not at all. */
    void toJournal(MsgResource message) throws IOException, InterruptedException {
        require(JOURNAL, "the journal", "systemd-journald does not run here");
        StringBuilder entry = new StringBuilder();
        // A field that is there several times is joined by line ends, but this one alone.
        message.body().lines().forEach(line -> entry.append("MESSAGE=").append(line).append('\n'));
        if (entry.isEmpty()) {
            entry.append("MESSAGE=\n");
        }
        entry.append("PRIORITY=").append(message.priority().level()).append('\n');
        entry.append("SYSLOG_IDENTIFIER=" + TAG + "\n");
        message.extra()
                .forEach(
                        (name, value) -> entry.append(name).append('=').append(value).append('\n'));
        send("the journal", List.of("--journald"), entry.toString());
    }

    /** A message per line. */
    void toSyslog(MsgResource message) throws IOException, InterruptedException {
        require(SYSLOG, "syslog", "no daemon listens there");
        String priority = "user." + message.priority().word().toLowerCase(Locale.ROOT);
        String text = message.body().lines().collect(Collectors.joining("\n", "", "\n"));
        send("syslog", List.of("-t", TAG, "-p", priority), text);
    }

    private void require(String socket, String sink, String why) throws IOException {
        if (!machine.has(socket)) {
            throw new IOException(
                    "cannot write to %s: there is no %s on this host (%s)"
                            .formatted(sink, socket, why));
        }
    }

    private void send(String sink, List<String> arguments, String text)
            throws IOException, InterruptedException {
        String tool =
                machine.tool("logger")
                        .orElseThrow(
                                () ->
                                        new IOException(
                                                "cannot write to "
                                                        + sink
                                                        + ": this host has no logger (it is in the"
                                                        + " package bsdutils or util-linux)"));
        Process process = new ProcessBuilder(machine.command(tool, arguments)).start();
        boolean ended = false;
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It ended without reading all: its exit code says why.
            }
            ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            if (!ended) {
                process.destroyForcibly();
            }
        }
        if (!ended) {
            throw new IOException(
                    "cannot write to %s: logger took longer than %d s"
                            .formatted(sink, PATIENCE.toSeconds()));
        }
        if (process.exitValue() != 0) {
            String said =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException(
                    "cannot write to %s: logger ended with exit code %d: %s"
                            .formatted(sink, process.exitValue(), said.strip()));
        }
    }
}
