package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.Disclosure;
import dev.mgmt.engine.kind.file.RegularFile;
import dev.mgmt.engine.kind.file.Wanted;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Text files that are somebody else's but for some of their lines. A text has one character for
 * each byte here, so that what is not UTF-8 stays as it is; {@link #shown} and {@link #raw} go
 * between that and what people write.
 *
 * <p>Who writes a file in place empties it first, and a watch tells of that: whoever put another
 * file there now would lose what is being written. So nothing is written until the file has been
 * left alone for a moment, other than by us.
 */
final class TextFiles {
    private static final Duration QUIET = Duration.ofMillis(200);

    /** A file that changes all the time is no place for a line of ours. */
    private static final int MOST_TRIES = 50;

    private final Map<Path, FileStamp> written = new ConcurrentHashMap<>();

    /** The file itself where the path is a link: that stays one, and the file behind is written. */
    static Path behind(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    /** Empty if there is no file. */
    static Optional<TextLines> read(Path path) throws IOException {
        FileStamp present = FileStamp.behind(path);
        if (present == null) {
            return Optional.empty();
        }
        if (present.type() != FileStamp.Type.REGULAR) {
            throw new FileFault(path + " is not a regular file, and is left alone");
        }
        try {
            return Optional.of(TextLines.of(Files.readString(path, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw FileFault.of("read", path, e);
        }
    }

    /** Says what is to become of a file; asked again where it has changed meanwhile. */
    interface Editor<T> {
        Edit<T> edit(Optional<TextLines> before) throws IOException;
    }

    /**
     * @param told what the editor has to say of it
     */
    record Edit<T>(TextLines after, T told) {}

    /**
     * Replaces the file whole, with the mode and the owners that it has. Only with its turn.
     *
     * @return what the editor said of the edit that was made in the end
     */
    <T> T edit(Path path, Editor<T> editor) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_TRIES; i++) {
            FileStamp before = FileStamp.behind(path);
            Edit<T> edit = editor.edit(read(path));
            if (settled(path, before)) {
                write(path, edit.after(), before);
                return edit.told();
            }
        }
        throw new FileFault("others keep changing " + path + ", so it is left alone");
    }

    private boolean settled(Path path, @Nullable FileStamp before)
            throws IOException, InterruptedException {
        if (before == null || before.same(written.get(path))) {
            return same(before, FileStamp.behind(path));
        }
        long rest = before.changedMillis() + QUIET.toMillis() - System.currentTimeMillis();
        // A file from the future, by a clock that was set back, counts as settled.
        if (rest > 0 && rest <= QUIET.toMillis()) {
            Thread.sleep(rest);
            return false;
        }
        return same(before, FileStamp.behind(path));
    }

    private static boolean same(@Nullable FileStamp one, @Nullable FileStamp other) {
        return one == null ? other == null : one.same(other);
    }

    private void write(Path path, TextLines lines, @Nullable FileStamp present)
            throws IOException, InterruptedException {
        Wanted wanted = new Wanted.Bytes(lines.text().getBytes(StandardCharsets.ISO_8859_1));
        new RegularFile(path, wanted, Access.UNMANAGED, Disclosure.SENSITIVE)
                .mend(present, Access.Mode.APPLY, new ArrayList<>());
        FileStamp made = FileStamp.behind(path);
        if (made != null) {
            written.put(path, made);
        }
    }

    static String shown(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String raw(String shown) {
        return new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
