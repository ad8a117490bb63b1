package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.resource.Presence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps one kernel parameter, now and after the next start. */
final class SysctlKeeper implements Keeper {
    private static final int LONGEST = 1 << 16;

    private final SysctlResource resource;
    private final HostFiles files;
    private final Path live;
    private final Path kept;
    private final OwnFile file;

    /** What the kernel made of the value. Every try would be an event, and lead to the next. */
    private Optional<String> taken = Optional.empty();

    SysctlKeeper(SysctlResource resource, HostFiles files) {
        this.resource = resource;
        this.files = files;
        live = files.root().at(resource.key().live());
        kept = files.root().at(resource.key().kept());
        file =
                new OwnFile(
                        kept,
                        "0644",
                        "this host has no /etc/sysctl.d (set `persist: false`, or let a resource"
                                + " `file` make it)",
                        UnaryOperator.identity());
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>();
        if (resource.state() == Presence.ABSENT) {
            if (resource.extent().coversLater()) {
                file.remove(attempt, mendings);
            }
            return Outcome.of(attempt, mendings);
        }
        if (resource.extent().coversNow()) {
            // First, because the kernel knows whether it is a value at all.
            set(attempt, mendings);
        }
        if (resource.extent().coversLater()) {
            String line = resource.key() + " = " + resource.value() + "\n";
            file.keep(line, attempt, mendings);
        }
        return Outcome.of(attempt, mendings);
    }

    private void set(Attempt attempt, List<Mending> mendings) throws IOException {
        String present = read();
        if (!present.equals(resource.value())) {
            if (taken.filter(present::equals).isPresent()) {
                throw takenOtherwise(present);
            }
            if (!attempt.checksOnly()) {
                write();
            }
            mendings.add(new Mending("value", present + " → " + resource.value()));
        }
    }

    /**
     * inotify hears of what programs write below {@code /proc/sys}, as long as the kernel does not
     * forget the file: that is what holding it open is for. It does not hear of what the kernel
     * changes by itself.
     */
    @Override
    public Watch watch(WatchListener listener) throws IOException {
        InputStream held;
        try {
            held = Files.newInputStream(live);
        } catch (IOException e) {
            held = InputStream.nullInputStream(); // The check says what is wrong with it.
        }
        InputStream open = held;
        List<Path> paths =
                switch (resource.extent()) {
                    case NOW_AND_LATER -> List.of(live, kept);
                    case NOW -> List.of(live);
                    case LATER -> List.of(kept);
                };
        try {
            Watch watch = files.watch(listener, paths);
            return () -> {
                watch.close();
                close(open);
            };
        } catch (IOException e) {
            close(open);
            throw e;
        }
    }

    private static void close(InputStream open) {
        try {
            open.close();
        } catch (IOException e) {
            throw new IllegalStateException("a file that was only read cannot be closed", e);
        }
    }

    private String read() throws IOException {
        try {
            return once(live).strip().replaceAll("[ \t]+", " ");
        } catch (NoSuchFileException e) {
            throw new FileFault(
                    "this kernel has no parameter "
                            + resource.key()
                            + " (is its module loaded, and the interface there?)");
        } catch (IOException e) {
            throw FileFault.of("read", live, e);
        }
    }

    /** In one go: the kernel has nothing more to say to who has read a part of a number. */
    static String once(Path parameter) throws IOException {
        try (InputStream from = Files.newInputStream(parameter)) {
            byte[] text = new byte[LONGEST];
            int length = from.read(text);
            return new String(text, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Twice, if the first leaves another value: a program that writes at the same moment is not the
     * kernel.
     */
    private void write() throws IOException {
        String now = written();
        if (!now.equals(resource.value())) {
            now = written();
        }
        if (!now.equals(resource.value())) {
            taken = Optional.of(now);
            throw takenOtherwise(now);
        }
    }

    /** In one write, as the kernel wants it; returns what it made of it. */
    private String written() throws IOException {
        byte[] text = (resource.value() + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(live, text, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw FileFault.of(
                    "set " + resource.key() + " to " + resource.value() + " in", live, e);
        }
        return read();
    }

    private FileFault takenOtherwise(String now) {
        return new FileFault(
                "the kernel took "
                        + resource.value()
                        + " for "
                        + resource.key()
                        + " and made "
                        + now
                        + " of it (write that)");
    }
}
