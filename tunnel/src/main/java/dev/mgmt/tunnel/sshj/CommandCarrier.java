package dev.mgmt.tunnel.sshj;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The standard input and output of a command on this machine: ssh_config(5), ProxyCommand. It and
 * what it started end with the connection; what it says on its standard error is kept for the
 * message, its last words only.
 */
final class CommandCarrier implements Carrier {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long EXIT_FOLLOWS_WITHIN_MILLIS = 500;
    private static final int LAST_WORDS = 300;

    private final Process process;
    private final StringBuilder said = new StringBuilder();
    private final Thread listener;

    private CommandCarrier(Process process) {
        this.process = process;
        this.listener = Thread.ofPlatform().daemon().name("ssh-proxy-stderr").start(this::listen);
    }

    /** The shell gives way to the command, so that the process we know is the command's. */
    static CommandCarrier start(String line) throws IOException {
        return new CommandCarrier(new ProcessBuilder("sh", "-c", "exec " + line).start());
    }

    private void listen() {
        byte[] chunk = new byte[LAST_WORDS];
        try (InputStream err = process.getErrorStream()) {
            for (int read = err.read(chunk); read >= 0; read = err.read(chunk)) {
                hear(new String(chunk, 0, read, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // It was ended from here.
            return;
        }
    }

    private void hear(String text) {
        synchronized (said) {
            said.append(text);
            said.delete(0, Math.max(0, said.length() - LAST_WORDS));
        }
    }

    @Override
    public InputStream in() {
        return process.getInputStream();
    }

    @Override
    public OutputStream out() {
        return process.getOutputStream();
    }

    @Override
    public void acknowledge() {}

    @Override
    public Optional<String> failure() {
        try {
            // Its output may end a moment before it does, and its last words come later still.
            if (!process.waitFor(EXIT_FOLLOWS_WITHIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            listener.join(EXIT_FOLLOWS_WITHIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return Optional.of("the ProxyCommand ended with " + process.exitValue() + lastWords());
    }

    private String lastWords() {
        synchronized (said) {
            String words = said.toString().strip().replaceAll("\\s*\\R\\s*", "; ");
            return words.isEmpty() ? "" : ": " + words.replaceAll("\\p{Cntrl}", "?");
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> family =
                Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        family.forEach(ProcessHandle::destroy);
        Thread.ofVirtual().name("ssh-proxy-end").start(() -> end(family));
    }

    private void end(List<ProcessHandle> family) {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
                process.waitFor();
            }
            process.getInputStream().close();
            process.getOutputStream().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // What was not written has nobody to read it.
            return;
        }
    }
}
