package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.Disclosure;
import dev.mgmt.engine.kind.file.FileMode;
import dev.mgmt.engine.kind.file.RegularFile;
import dev.mgmt.engine.kind.file.Wanted;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.Removal;
import dev.mgmt.engine.os.UnifiedDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A file in a directory of the system's that is a resource's alone. */
final class OwnFile {
    private final Path path;
    private final Access access;
    private final String missing;
    private final UnaryOperator<String> shown;

    /**
     * @param mode octal
     * @param missing what it means that the directory is not there
     * @param shown what people may see of a text
     */
    OwnFile(Path path, String mode, String missing, UnaryOperator<String> shown) {
        this.path = path;
        this.missing = missing;
        this.shown = shown;
        access = new Access(Optional.empty(), Optional.empty(), FileMode.parse(mode));
    }

    void keep(String text, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(parent) && !attempt.checksOnly()) {
            throw new FileFault(missing);
        }
        FileStamp present = FileStamp.of(path);
        if (present != null && present.type() != FileStamp.Type.REGULAR) {
            throw new FileFault(path + " is not a regular file, and is left alone");
        }
        String before = present == null ? "" : Files.readString(path, StandardCharsets.ISO_8859_1);
        Wanted wanted = new Wanted.Bytes(text.getBytes(StandardCharsets.UTF_8));
        List<Mending> found = new ArrayList<>();
        new RegularFile(path, wanted, access, Disclosure.SENSITIVE)
                .mend(present, Access.Mode.of(attempt), found);
        for (Mending mending : found) {
            boolean content = mending.property().equals("content");
            mendings.add(content ? new Mending("content", diff(before, text)) : mending);
        }
    }

    private String diff(String before, String after) {
        return UnifiedDiff.of(
                path.toString(), shown.apply(TextFiles.shown(before)), shown.apply(after));
    }

    void remove(Attempt attempt, List<Mending> mendings) throws IOException, InterruptedException {
        if (FileStamp.of(path) == null) {
            return;
        }
        mendings.add(new Mending("state", "exists → absent"));
        if (!attempt.checksOnly()) {
            Removal.of(path);
        }
    }
}
