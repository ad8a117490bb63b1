package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.os.FileFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Optional;
import java.util.Set;

/**
 * A directory that belongs to a user, as a privileged program may touch it. The user can swap any
 * name in it for a link at any time, to have a file of somebody else's read or written. Hence
 * everything is done relative to the directory once it is open (openat(2) and its kin), no link is
 * followed, and what is found must belong to the user.
 */
final class UserDirectory implements AutoCloseable {
    private static final int LARGEST_FILE = 1 << 24;
    private static final Set<PosixFilePermission> PRIVATE =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PRIVATE_DIRECTORY =
            PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final SecureDirectoryStream<Path> stream;
    private final Owner owner;

    private UserDirectory(Path path, SecureDirectoryStream<Path> stream, Owner owner) {
        this.path = path;
        this.stream = stream;
        this.owner = owner;
    }

    /** Whose it is. */
    record Owner(String name, long uid, long gid) {
        private UserPrincipal principal() throws IOException {
            return names().lookupPrincipalByName(Long.toString(uid));
        }
    }

    /**
     * Opens a directory that only administrators can replace: a home, say.
     *
     * @return empty if it is not there
     */
    @SuppressWarnings("StreamResourceLeak") // Closed with what is returned.
    static Optional<UserDirectory> open(Path path, Owner owner) throws IOException {
        DirectoryStream<Path> opened;
        try {
            opened = Files.newDirectoryStream(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (opened instanceof SecureDirectoryStream<Path> secure) {
            return Optional.of(new UserDirectory(path, secure, owner));
        }
        opened.close();
        throw new FileFault("the file system of " + path + " is not one of this system's");
    }

    /** The one of this name in it; empty if it is not there. */
    Optional<UserDirectory> enter(Path name) throws IOException {
        try {
            SecureDirectoryStream<Path> below =
                    stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new UserDirectory(path.resolve(name), below, owner));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!view(name).readAttributes().isDirectory()) {
                throw refused(path.resolve(name), "is a link or a file, not a directory");
            }
            throw FileFault.of("open", path.resolve(name), e);
        }
    }

    /** Makes one of this name, private and the user's, and opens it. */
    UserDirectory make(Path name) throws IOException {
        try {
            Files.createDirectory(
                    path.resolve(name), PosixFilePermissions.asFileAttribute(PRIVATE_DIRECTORY));
        } catch (FileAlreadyExistsException e) {
            // It is a directory, or entering it says what it is.
        }
        UserDirectory made =
                enter(name)
                        .orElseThrow(
                                () ->
                                        new FileFault(
                                                path.resolve(name) + " vanished as it was made"));
        try {
            own(made.stream.getFileAttributeView(PosixFileAttributeView.class));
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    /**
     * @throws FileFault if others than the user and the administrator can replace what is in it
     */
    void expectTrusted() throws IOException {
        PosixFileAttributes found =
                stream.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
        if (!found.owner().equals(owner.principal()) && !isRoot(found)) {
            throw refused(path, "belongs to neither " + owner.name() + " nor root");
        }
        if (found.permissions().contains(PosixFilePermission.OTHERS_WRITE)
                || found.permissions().contains(PosixFilePermission.GROUP_WRITE)) {
            throw refused(
                    path, "can be written by others than its owner, so sshd would not trust it");
        }
    }

    /** The text of a file in it; empty if there is none. */
    Optional<String> read(Path name) throws IOException {
        Path shown = path.resolve(name);
        PosixFileAttributes found;
        try {
            found = view(name).readAttributes();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!found.isRegularFile()) {
            throw refused(shown, "is not a regular file");
        }
        // A second name for a file that only root can read would have it copied for the user.
        boolean open =
                isRoot(found) && found.permissions().contains(PosixFilePermission.OTHERS_READ);
        if (!found.owner().equals(owner.principal()) && !open) {
            throw refused(shown, "does not belong to " + owner.name());
        }
        Set<OpenOption> options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (SeekableByteChannel channel = stream.newByteChannel(name, options)) {
            if (channel.size() > LARGEST_FILE) {
                throw refused(shown, "is larger than " + LARGEST_FILE + " bytes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            return Optional.of(
                    new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw FileFault.of("read", shown, e);
        }
    }

    /** Replaces a file in it, or makes it; it keeps its mode, or is private. */
    void write(Path name, String text) throws IOException {
        Set<PosixFilePermission> mode = PRIVATE;
        try {
            mode = view(name).readAttributes().permissions();
        } catch (NoSuchFileException e) {
            // A new one.
        }
        Path beside = Path.of(".mgmt-" + Long.toString(System.nanoTime(), 36));
        Set<OpenOption> options =
                Set.of(
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW,
                        LinkOption.NOFOLLOW_LINKS);
        boolean placed = false;
        try (SeekableByteChannel channel =
                stream.newByteChannel(
                        beside, options, PosixFilePermissions.asFileAttribute(PRIVATE))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            own(view(beside));
            view(beside).setPermissions(mode);
            stream.move(beside, stream, name);
            placed = true;
        } catch (IOException e) {
            throw FileFault.of("write", path.resolve(name), e);
        } finally {
            if (!placed) {
                deleteIfExists(beside);
            }
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void deleteIfExists(Path name) throws IOException {
        try {
            stream.deleteFile(name);
        } catch (NoSuchFileException e) {
            // It was never made.
        }
    }

    private void own(PosixFileAttributeView view) throws IOException {
        view.setOwner(owner.principal());
        view.setGroup(names().lookupPrincipalByGroupName(Long.toString(owner.gid())));
    }

    private PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(
                name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isRoot(PosixFileAttributes found) throws IOException {
        return found.owner().equals(names().lookupPrincipalByName("0"));
    }

    private static UserPrincipalLookupService names() {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService();
    }

    private static FileFault refused(Path path, String why) {
        return new FileFault(path + " " + why + ": it is left alone");
    }
}
