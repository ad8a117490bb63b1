package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Says what to do when the kernel grants no more watches, and leaves other errors as they are. */
final class InotifyLimit {
    private static final Path SETTINGS = Path.of("/proc/sys/fs/inotify");

    private InotifyLimit() {}

    /**
     * @param held watches that this process has
     */
    static IOException explain(Path directory, int held, IOException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (!message.contains("limit of inotify")) {
            return cause;
        }
        String setting = message.contains("instances") ? "max_user_instances" : "max_user_watches";
        return new FileFault(
                "cannot watch %s: this user's inotify limit is reached (%s, %d watches are held here); raise it with `sysctl -w fs.inotify.%s=N`, or check by `poll` in the resource's meta"
                        .formatted(directory, value(setting), held, setting));
    }

    private static String value(String setting) {
        try {
            return setting + " is " + Files.readString(SETTINGS.resolve(setting)).strip();
        } catch (IOException e) {
            return setting;
        }
    }
}
