package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Puts a regular file in the place of what is there, whole and with its owners and mode, or leaves
 * all as it was.
 *
 * @param modeOfNew permissions of a file that was not there before and whose mode nobody manages;
 *     empty: what the umask leaves
 */
public record Replacement(Path path, Access access, OptionalInt modeOfNew) {
    /** Writes what the file is to hold, or throws and nothing is replaced. */
    @FunctionalInterface
    public interface Writing {
        void to(TemporaryFile made) throws IOException, InterruptedException;
    }

    /**
     * @param old the regular file that is there, whose owners and mode stay unless managed; null if
     *     there is none
     */
    public void of(@Nullable FileStamp old, Writing writing)
            throws IOException, InterruptedException {
        try (TemporaryFile made = TemporaryFile.beside(path)) {
            FileStamp fresh = FileStamp.of(made.path());
            if (fresh == null) {
                throw new NoSuchFileException(made.path().toString());
            }
            int unmanaged = old == null ? modeOfNew.orElse(fresh.mode()) : old.mode();
            int mode = access.modeFrom(unmanaged, FileShape.REGULAR);
            if (mode != fresh.mode()) {
                // Not for others' eyes until all of it is right.
                Access.setMode(made.path(), mode & 0700);
            }
            writing.to(made);
            boolean chowned = setOwners(made.path(), old, fresh);
            if (chowned || mode != fresh.mode()) {
                Access.setMode(made.path(), mode);
            }
            made.place(path);
        } catch (IOException e) {
            throw FileFault.of("write", path, e);
        }
    }

    private boolean setOwners(Path made, @Nullable FileStamp old, FileStamp fresh)
            throws IOException {
        boolean inherits =
                old != null && (old.user() != fresh.user() || old.group() != fresh.group());
        if (old != null && inherits) {
            Access.setOwners(made, old.user(), old.group());
        }
        access.setOwners(made);
        return inherits || access.owner().isPresent() || access.group().isPresent();
    }
}
