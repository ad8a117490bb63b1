package dev.mgmt.remote.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file's bytes, or why there are none. */
sealed interface InputFile {
    /** What is larger is no inventory and no graph: it is not taken into memory. */
    int LARGEST = 64 << 20;

    record Bytes(byte[] bytes) implements InputFile {}

    record Unreadable(String message) implements InputFile {}

    static InputFile read(Path file) {
        if (Files.isDirectory(file)) {
            return new Unreadable(file + " is a directory");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                return new Unreadable(file + " is larger than " + (LARGEST >> 20) + " MiB");
            }
            return new Bytes(bytes);
        } catch (NoSuchFileException missing) {
            return new Unreadable("there is no file " + file);
        } catch (AccessDeniedException denied) {
            return new Unreadable(file + " may not be read");
        } catch (IOException e) {
            return new Unreadable(file + " cannot be read: " + e.getMessage());
        }
    }
}
