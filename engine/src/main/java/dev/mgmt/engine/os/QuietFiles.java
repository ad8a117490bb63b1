package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that others write to as well. Who writes a file in place empties it first, and a watch
 * tells of that: whoever put another file there now would lose what is being written. So nothing is
 * written until the file has been left alone for a moment, other than by us.
 */
public final class QuietFiles {
    private static final Duration QUIET = Duration.ofMillis(200);

    /** A file that changes all the time is no place for anything of ours. */
    private static final int MOST_TRIES = 50;

    private final Map<Path, FileStamp> written = new ConcurrentHashMap<>();

    /** Reads a file, and says what is to become of it. */
    public interface Work<T> {
        T read() throws IOException, InterruptedException;

        /** What was read last is still what is there. */
        void write(T read) throws IOException, InterruptedException;
    }

    /**
     * Reads and writes, and reads again where the file was changed meanwhile. Only with its turn.
     *
     * @param path of the file itself, no link
     * @return what was read last
     */
    public <T> T change(Path path, Work<T> work) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_TRIES; i++) {
            FileStamp before = FileStamp.of(path);
            T read = work.read();
            if (settled(path, before)) {
                work.write(read);
                FileStamp made = FileStamp.of(path);
                if (made != null) {
                    written.put(path, made);
                }
                return read;
            }
        }
        throw new FileFault("others keep changing " + path + ", so it is left alone");
    }

    private boolean settled(Path path, @Nullable FileStamp before)
            throws IOException, InterruptedException {
        if (before != null && !before.same(written.get(path))) {
            long rest = before.changedMillis() + QUIET.toMillis() - System.currentTimeMillis();
            // A file from the future, by a clock that was set back, counts as settled.
            if (rest > 0 && rest <= QUIET.toMillis()) {
                Thread.sleep(rest);
                return false;
            }
        }
        FileStamp now = FileStamp.of(path);
        return before == null ? now == null : before.same(now);
    }
}
