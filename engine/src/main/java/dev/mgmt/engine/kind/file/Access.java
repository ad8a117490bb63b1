package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Optional;

/**
 * Who may do what with a file. Names are looked up each time they are needed: the same graph may
 * have made the user a moment ago.
 */
public record Access(Optional<String> owner, Optional<String> group, Optional<FileMode> mode) {
    public static final Access UNMANAGED =
            new Access(Optional.empty(), Optional.empty(), Optional.empty());

    static Access of(FileResource resource) {
        return new Access(resource.owner(), resource.group(), resource.mode());
    }

    Access withoutMode() {
        return new Access(owner, group, Optional.empty());
    }

    public boolean unmanaged() {
        return owner.isEmpty() && group.isEmpty() && mode.isEmpty();
    }

    /** The permissions a file should have that has these, or would have without us. */
    public int modeFrom(int present, FileShape shape) {
        return mode.isPresent() ? mode.get().applyTo(present, shape) : present;
    }

    /** Adds to the list what is not as wanted of an existing file, and mends it if asked to. */
    public void mend(
            Path path, FileStamp present, FileShape shape, Mode how, List<Mending> mendings)
            throws IOException {
        int before = mendings.size();
        mendOwners(path, how, mendings);
        int wanted = modeFrom(present.mode(), shape);
        if (wanted != present.mode()) {
            mendings.add(new Mending("mode", octal(present.mode()) + " → " + octal(wanted)));
        }
        // The system takes set-id bits away when an owner changes.
        if (how == Mode.APPLY && mendings.size() > before) {
            setMode(path, wanted);
        }
    }

    /** Whether to mend what is not as wanted. */
    public enum Mode {
        LOOK,
        APPLY;

        public static Mode of(Attempt attempt) {
            return attempt.checksOnly() ? LOOK : APPLY;
        }
    }

    /** Gives a new file the wanted owners. */
    public void setOwners(Path path) throws IOException {
        if (owner.isPresent() || group.isPresent()) {
            PosixFileAttributeView view = view(path);
            if (owner.isPresent()) {
                view.setOwner(user(owner.get()));
            }
            if (group.isPresent()) {
                view.setGroup(group(group.get()));
            }
        }
    }

    /** Gives a new file the owners that another one has. */
    public static void setOwners(Path path, int user, int group) throws IOException {
        Files.setAttribute(path, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    public static void setMode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    public static String octal(int mode) {
        StringBuilder digits = new StringBuilder(Integer.toOctalString(mode));
        while (digits.length() < 4) {
            digits.insert(0, '0');
        }
        return digits.toString();
    }

    /** The same for owners only: a symbolic link has no mode of its own. */
    public void mendOwners(Path path, Mode how, List<Mending> mendings) throws IOException {
        if (owner.isEmpty() && group.isEmpty()) {
            return;
        }
        PosixFileAttributeView view = view(path);
        PosixFileAttributes present = view.readAttributes();
        if (owner.isPresent()) {
            UserPrincipal wanted = user(owner.get());
            if (!wanted.equals(present.owner())) {
                mendings.add(new Mending("owner", present.owner().getName() + " → " + owner.get()));
                if (how == Mode.APPLY) {
                    view.setOwner(wanted);
                }
            }
        }
        if (group.isPresent()) {
            GroupPrincipal wanted = group(group.get());
            if (!wanted.equals(present.group())) {
                mendings.add(new Mending("group", present.group().getName() + " → " + group.get()));
                if (how == Mode.APPLY) {
                    view.setGroup(wanted);
                }
            }
        }
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(
                path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static UserPrincipal user(String name) throws IOException {
        UserPrincipalLookupService names =
                Path.of("/").getFileSystem().getUserPrincipalLookupService();
        try {
            return names.lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new FileFault("there is no user " + name + " on this host");
        }
    }

    private static GroupPrincipal group(String name) throws IOException {
        UserPrincipalLookupService names =
                Path.of("/").getFileSystem().getUserPrincipalLookupService();
        try {
            return names.lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new FileFault("there is no group " + name + " on this host");
        }
    }
}
