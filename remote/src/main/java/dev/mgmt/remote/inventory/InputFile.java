package dev.mgmt.remote.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Takes files into memory. */
final class InputFile {
    /** What is larger is no inventory and no graph. */
    static final int LARGEST = 64 << 20;

    private InputFile() {}

    /** The whole file; empty if that is not to be had, which is told at {@code place}. */
    static Optional<byte[]> read(Path file, Place place, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(place, "`" + file + "` is a directory");
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length <= LARGEST) {
                return Optional.of(bytes);
            }
            problems.add(place, "`" + file + "` is larger than " + (LARGEST >> 20) + " MiB");
        } catch (NoSuchFileException missing) {
            problems.add(place, "there is no file `" + file + "`");
        } catch (AccessDeniedException denied) {
            problems.add(place, "`" + file + "` may not be read");
        } catch (IOException e) {
            problems.add(place, "`" + file + "` cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }
}
