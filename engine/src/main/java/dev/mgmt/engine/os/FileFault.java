package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says what the system's answer means for people. */
public final class FileFault extends IOException {
    private static final long serialVersionUID = 1;

    public FileFault(String message) {
        super(message);
    }

    private FileFault(String message, IOException cause) {
        super(message, cause);
    }

    /**
     * @param deed what could not be done, such as {@code write}
     */
    public static FileFault of(String deed, Path path, IOException cause) {
        if (cause instanceof FileFault known) {
            return known;
        }
        return new FileFault("cannot " + deed + " " + path + ": " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (cause instanceof AccessDeniedException denied) {
            return "permission denied on " + denied.getFile();
        }
        String reason =
                cause instanceof FileSystemException failed && failed.getReason() != null
                        ? failed.getReason()
                        : cause.getMessage();
        return reason == null ? cause.toString() : reason;
    }
}
