package dev.mgmt.engine.run;

import dev.mgmt.engine.os.Journal;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.KeyPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps on disk which refreshes are owed, where the engine has a place of its own. What cannot be
 * kept is said once and does not stop the run: the refreshes are still owed, by this engine alone.
 */
final class RefreshNotes {
    private static final String NAME = "refreshes";

    private final @Nullable Journal journal;
    private final Consumer<String> notice;
    private boolean complained;

    RefreshNotes(Optional<Path> stateDirectory, Consumer<String> notice) {
        this.notice = notice;
        journal =
                stateDirectory
                        .map(directory -> StateDirectory.at(directory).journal(NAME))
                        .orElse(null);
    }

    /** What an earlier engine owed. */
    List<ResourceId> recall() {
        List<ResourceId> owed = new ArrayList<>();
        if (journal == null) {
            return owed;
        }
        try {
            for (String text : journal.read()) {
                int slash = text.indexOf('/');
                if (slash > 0) {
                    String name = KeyPart.decode(text.substring(slash + 1));
                    owed.add(new ResourceId(KeyPart.decode(text.substring(0, slash)), name));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            complain("what an earlier run owed is not known: " + e.getMessage());
        }
        return owed;
    }

    void owed(List<ResourceId> receivers) {
        if (journal != null) {
            write(journal::add, receivers);
        }
    }

    void paid(List<ResourceId> receivers) {
        if (journal != null) {
            write(journal::remove, receivers);
        }
    }

    void close() {
        if (journal == null) {
            return;
        }
        try {
            journal.close();
        } catch (IOException e) {
            complain(e.getMessage());
        }
    }

    private interface Writing {
        boolean write(List<String> texts) throws IOException;
    }

    private void write(Writing writing, List<ResourceId> receivers) {
        List<String> texts = new ArrayList<>(receivers.size());
        for (ResourceId id : receivers) {
            texts.add(KeyPart.encode(id.kind()) + "/" + KeyPart.encode(id.name()));
        }
        try {
            if (!writing.write(texts)) {
                complain("another engine of this host still holds the place for that");
            }
        } catch (IOException e) {
            complain(e.getMessage());
        }
    }

    private void complain(@Nullable String reason) {
        if (!complained) {
            complained = true;
            notice.accept("refreshes that are owed may be forgotten when this run ends: " + reason);
        }
    }
}
