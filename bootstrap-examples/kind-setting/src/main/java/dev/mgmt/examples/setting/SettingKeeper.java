package dev.mgmt.examples.setting;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.DirectoryWatches.PathWatch;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.TemporaryFile;
import dev.mgmt.engine.os.TextLines;
import dev.mgmt.engine.os.UnifiedDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Keeps one setting. Settings of one file take turns, so that none undoes another's line. */
final class SettingKeeper implements Keeper {
    /** One file at a time, whichever it is: a check is short. */
    private static final Object TURN = new Object();

    private final SettingResource resource;
    private final DirectoryWatches watches;

    SettingKeeper(SettingResource resource, DirectoryWatches watches) {
        this.resource = resource;
        this.watches = watches;
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException {
        synchronized (TURN) {
            String before = read();
            String after = withSetting(before);
            if (after.equals(before)) {
                return Outcome.GOOD;
            }
            if (!attempt.checksOnly()) {
                write(after);
            }
            String diff = UnifiedDiff.of(resource.file().toString(), before, after);
            return Outcome.of(attempt, List.of(new Outcome.Mending("value", diff)));
        }
    }

    private String withSetting(String text) {
        String wanted = resource.key() + "=" + resource.value();
        TextLines lines = TextLines.of(text);
        List<String> changed = new ArrayList<>();
        boolean found = false;
        for (String line : lines.lines()) {
            boolean ours = line.startsWith(resource.key() + "=");
            if (!ours || !found) {
                changed.add(ours ? wanted : line);
            }
            found |= ours;
        }
        if (!found) {
            changed.add(wanted);
        }
        return lines.with(changed).text();
    }

    private String read() throws IOException {
        try {
            return Files.readString(resource.file());
        } catch (IOException e) {
            throw FileFault.of("read", resource.file(), e);
        }
    }

    /** Whole or not at all, and with owner and mode as they were. */
    private void write(String text) throws IOException {
        Path file = resource.file();
        try (TemporaryFile beside = TemporaryFile.beside(file)) {
            beside.write(text.getBytes(StandardCharsets.UTF_8));
            PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
            Files.setAttribute(beside.path(), "posix:owner", old.owner());
            Files.setAttribute(beside.path(), "posix:group", old.group());
            Files.setPosixFilePermissions(beside.path(), old.permissions());
            beside.place(file);
        } catch (IOException e) {
            throw FileFault.of("write", file, e);
        }
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException {
        PathWatch watch = watches.open(listener::changed);
        try {
            watch.add(resource.file());
        } catch (IOException e) {
            watch.close();
            throw FileFault.of("watch", resource.file(), e);
        }
        return watch::close;
    }
}
