package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file's inode as lstat(2) or stat(2) tells it. The time of change cannot be set by anybody, so
 * equal stamps mean an untouched file, unless it was written twice within one tick of the clock.
 *
 * @param bits type and permissions, as in {@code st_mode}
 * @param changedMillis {@code st_ctime}
 */
public record FileStamp(int bits, int user, int group, long inode, long size, long changedMillis) {
    private static final String ASKED = "unix:mode,uid,gid,ino,size,ctime";
    private static final int TYPE = 0170000;

    /** The kernel's clock may lag by one tick, which is 10 ms at the most; and some. */
    private static final long TICK_MILLIS = 40;

    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

    public enum Type {
        REGULAR,
        DIRECTORY,
        LINK,
        OTHER
    }

    /** Of the path itself, not of what a link points to; null if there is nothing. */
    public static @Nullable FileStamp of(Path path) throws IOException {
        return read(path, NO_FOLLOW);
    }

    /** Of what the path leads to; null if there is nothing. */
    public static @Nullable FileStamp behind(Path path) throws IOException {
        return read(path, FOLLOW);
    }

    public Type type() {
        return switch (bits & TYPE) {
            case 0100000 -> Type.REGULAR;
            case 0040000 -> Type.DIRECTORY;
            case 0120000 -> Type.LINK;
            default -> Type.OTHER;
        };
    }

    /** Permissions with set-id and sticky bits. */
    public int mode() {
        return bits & 07777;
    }

    /** Whether a write after this moment would show as another stamp. */
    public boolean settledAt(long nowMillis) {
        return nowMillis - changedMillis > TICK_MILLIS;
    }

    public boolean same(@Nullable FileStamp other) {
        return other != null
                && inode == other.inode
                && changedMillis == other.changedMillis
                && size == other.size
                && bits == other.bits
                && user == other.user
                && group == other.group;
    }

    private static @Nullable FileStamp read(Path path, LinkOption[] options) throws IOException {
        Map<String, Object> found;
        try {
            found = Files.readAttributes(path, ASKED, options);
        } catch (NoSuchFileException e) {
            return null;
        }
        return new FileStamp(
                (int) found.getOrDefault("mode", 0),
                (int) found.getOrDefault("uid", 0),
                (int) found.getOrDefault("gid", 0),
                (long) found.getOrDefault("ino", 0L),
                (long) found.getOrDefault("size", 0L),
                ((FileTime) found.getOrDefault("ctime", FileTime.fromMillis(0))).toMillis());
    }
}
