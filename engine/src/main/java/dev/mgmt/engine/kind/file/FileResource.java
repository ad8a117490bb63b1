package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or symbolic link.
 *
 * @param path absolute and normalized, without a trailing slash
 * @param shape whether a directory or a regular file (or link) belongs at the path
 * @param content what belongs in it; always {@link Content.Unmanaged} or a directory {@link
 *     Content.Source} when the shape is a directory
 * @param owner user name or number, looked up when applied: the same graph may create the user
 * @param group group name or number, looked up when applied
 * @param recurse a directory's source is synced with everything below it
 * @param force parents are made, and what has the wrong shape is replaced
 * @param purge entries of a directory that its source does not have are deleted
 * @param sensitive content never shows in a diff, not even as a digest
 */
public record FileResource(
        ResourceId id,
        Meta meta,
        Path path,
        FileShape shape,
        State state,
        Content content,
        Optional<String> owner,
        Optional<String> group,
        Optional<FileMode> mode,
        boolean recurse,
        boolean force,
        boolean purge,
        boolean sensitive)
        implements Resource {
    public FileResource {
        path = path.normalize();
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException(id + ": the path is not absolute: " + path);
        }
        if (state != State.EXISTS && path.getNameCount() == 0) {
            throw new IllegalArgumentException(id + ": the root directory cannot be absent");
        }
    }

    // Each switch of graphs compares every resource with the one it had: see ResourceId for what
    // this saves. First what most often differs, or is quickly seen to be the same.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof FileResource file && wantsTheSameAs(file));
    }

    private boolean wantsTheSameAs(FileResource file) {
        return content.equals(file.content)
                && state == file.state
                && shape == file.shape
                && recurse == file.recurse
                && force == file.force
                && purge == file.purge
                && sensitive == file.sensitive
                && id.equals(file.id)
                && path.equals(file.path)
                && mode.equals(file.mode)
                && owner.equals(file.owner)
                && group.equals(file.group)
                && meta.equals(file.meta);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + content.hashCode();
    }

    @Override
    public List<Thing> makes() {
        return state == State.EXISTS ? List.of(new Thing.At(path)) : List.of();
    }

    @Override
    public List<Thing> removes() {
        return state == State.EXISTS ? List.of() : List.of(new Thing.At(path));
    }

    /** A directory goes with what is in it only where that was put there, or is to be forced. */
    @Override
    public Optional<Resource> reversed() {
        if (state != State.EXISTS || path.getNameCount() == 0) {
            return Optional.empty();
        }
        boolean tree = content instanceof Content.Source && shape == FileShape.DIRECTORY;
        return Optional.of(gone(id, meta, path, tree || force ? State.ABSENT : State.VACATED));
    }

    /** No file at this path: what undoes whatever made one. */
    public static FileResource vacated(ResourceId id, Meta meta, Path path) {
        return gone(id, meta, path, State.VACATED);
    }

    private static FileResource gone(ResourceId id, Meta meta, Path path, State state) {
        return new FileResource(
                id,
                meta,
                path,
                FileShape.REGULAR,
                state,
                new Content.Unmanaged(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                false,
                false);
    }

    @Override
    public List<Need> needs() {
        Need directory = new Need.DirectoryAbove(path);
        if (state != State.EXISTS || (owner.isEmpty() && group.isEmpty())) {
            return List.of(directory);
        }
        List<Need> needs = new ArrayList<>(3);
        needs.add(directory);
        owner.ifPresent(name -> needs.add(new Need.Of(new Thing.User(name))));
        group.ifPresent(name -> needs.add(new Need.Of(new Thing.Group(name))));
        return needs;
    }

    /** Whether there should be anything at the path. */
    public enum State {
        EXISTS,
        ABSENT,
        /** As {@link #ABSENT}, but a directory that is not empty is an error. */
        VACATED
    }

    /** Where the bytes come from. */
    public sealed interface Content {
        /** Whatever is there stays; an empty file is made where there is none. */
        record Unmanaged() implements Content {}

        /** Exactly this text, as UTF-8. */
        record Text(String text) implements Content {
            @Override
            public boolean equals(@Nullable Object other) {
                return other instanceof Text that && text.equals(that.text);
            }

            @Override
            public int hashCode() {
                return text.hashCode();
            }
        }

        /** A copy of a file, or with shape {@code DIRECTORY} of a tree, on the same host. */
        record Source(Path path, FileShape shape) implements Content {}

        /** Files on the same host, one after the other; never empty. */
        record Fragments(List<Path> paths) implements Content {
            public Fragments {
                paths = List.copyOf(paths);
            }
        }

        /**
         * A symbolic link.
         *
         * @param target as written: may be relative to the link's directory, need not exist
         */
        record Link(String target) implements Content {}
    }
}
