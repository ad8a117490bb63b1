package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.os.FileStamp;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds out, as far as the kernel tells, which process holds a lock. */
final class LockHolder {
    private static final Path PROCESSES = Path.of("/proc");

    private LockHolder() {}

    /** Who has a record lock on this file, see locks in proc(5). */
    static OptionalLong ofRecord(@Nullable FileStamp file) {
        if (file == null) {
            return OptionalLong.empty();
        }
        try {
            for (String line : Files.readAllLines(PROCESSES.resolve("locks"))) {
                String[] words = line.trim().split("\\s+", -1);
                boolean held = words.length > 5 && words[1].equals("POSIX");
                if (held && words[5].endsWith(":" + file.inode())) {
                    return OptionalLong.of(Long.parseLong(words[4]));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty(); // It only makes a message better.
        }
        return OptionalLong.empty();
    }

    /** Who has this file open. */
    static OptionalLong ofOpen(Path file) throws IOException {
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(PROCESSES, LockHolder::isProcess)) {
            for (Path process : processes) {
                if (hasOpen(process, file)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return OptionalLong.empty();
    }

    static boolean lives(long pid) {
        return Files.exists(PROCESSES.resolve(Long.toString(pid)));
    }

    static String shown(OptionalLong pid) {
        if (pid.isEmpty()) {
            return "another process";
        }
        String command = firstLine(PROCESSES.resolve(pid.getAsLong() + "/comm"));
        return "process " + pid.getAsLong() + (command == null ? "" : " (" + command + ")");
    }

    static @Nullable String firstLine(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.isEmpty() ? null : lines.getFirst().trim();
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isProcess(Path entry) {
        return Character.isDigit(entry.getFileName().toString().charAt(0));
    }

    /** A process may end while it is looked at. */
    private static boolean hasOpen(Path process, Path file) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (Files.readSymbolicLink(descriptor).equals(file)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false;
        }
        return false;
    }
}
