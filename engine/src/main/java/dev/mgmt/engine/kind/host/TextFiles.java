package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.Disclosure;
import dev.mgmt.engine.kind.file.RegularFile;
import dev.mgmt.engine.kind.file.Wanted;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.QuietFiles;
import dev.mgmt.engine.os.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Text files that are somebody else's but for some of their lines. A text has one character for
 * each byte here, so that what is not UTF-8 stays as it is; {@link #shown} and {@link #raw} go
 * between that and what people write.
 */
final class TextFiles {
    private final QuietFiles quiet;

    TextFiles(QuietFiles quiet) {
        this.quiet = quiet;
    }

    /**
     * Empty if there is no file.
     *
     * @param path from {@link HostFiles#behind}: a link is one that led nowhere then
     */
    static Optional<TextLines> read(Path path) throws IOException {
        FileStamp present = FileStamp.of(path);
        if (present == null || present.type() == FileStamp.Type.LINK) {
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
     * @param path from {@link HostFiles#behind}: a link that is there nevertheless stays one
     * @return what the editor said of the edit that was made in the end
     */
    <T> T edit(Path path, Editor<T> editor) throws IOException, InterruptedException {
        return quiet.change(
                        path,
                        new QuietFiles.Work<Edit<T>>() {
                            @Override
                            public Edit<T> read() throws IOException {
                                return editor.edit(TextFiles.read(path));
                            }

                            @Override
                            public void write(Edit<T> edit)
                                    throws IOException, InterruptedException {
                                TextFiles.write(path, edit.after());
                            }
                        })
                .told();
    }

    private static void write(Path path, TextLines lines) throws IOException, InterruptedException {
        FileStamp present = FileStamp.of(path);
        if (present != null && present.type() == FileStamp.Type.LINK) {
            throw new FileFault(path + " is a link that led nowhere, and is left alone");
        }
        Wanted wanted = new Wanted.Bytes(lines.text().getBytes(StandardCharsets.ISO_8859_1));
        new RegularFile(path, wanted, Access.UNMANAGED, Disclosure.SENSITIVE)
                .mend(present, Access.Mode.APPLY, new ArrayList<>());
    }

    static String shown(String raw) {
        return new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    static String raw(String shown) {
        return new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
