package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.os.FileFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The directories that are opened on the way to a file, to be closed with it. */
final class Descent implements AutoCloseable {
    private final Deque<UserDirectory> opened = new ArrayDeque<>();

    /** Whether a directory on the way is made. */
    enum Missing {
        LEFT,
        MADE
    }

    /** The directory that holds the file; empty if it is not there, and not to be made. */
    Optional<UserDirectory> into(KeyPlace place, UserDirectory.Owner owner, Missing missing)
            throws IOException {
        Optional<UserDirectory> here = UserDirectory.open(place.trusted(), owner);
        if (here.isEmpty() && missing == Missing.MADE) {
            throw new FileFault("the directory " + place.trusted() + " does not exist");
        }
        here.ifPresent(opened::push);
        for (Path name : place.through()) {
            if (here.isEmpty()) {
                return here;
            }
            UserDirectory above = here.get();
            here = above.enter(name);
            if (here.isEmpty() && missing == Missing.MADE) {
                here = Optional.of(above.make(name));
            }
            here.ifPresent(opened::push);
        }
        return here;
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
