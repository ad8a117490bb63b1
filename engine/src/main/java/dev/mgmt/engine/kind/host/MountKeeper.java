package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.resource.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps one file system mounted, or unmounted. */
final class MountKeeper implements Keeper {
    /** What is mounted over itself more often than this, somebody keeps mounting. */
    private static final int MOST_LAYERS = 16;

    private final MountResource resource;
    private final HostFiles files;
    private final MountEvents events;
    private final Fstab fstab;
    private final Path place;

    /** What our own mount(8) made, however the kernel calls it. */
    private Optional<Mounted> made = Optional.empty();

    /** Options that had no effect. Every try would be an event, and lead to the next. */
    private List<String> vain = List.of();

    MountKeeper(MountResource resource, HostFiles files, MountEvents events) {
        this.resource = resource;
        this.files = files;
        this.events = events;
        fstab = new Fstab(files);
        place = files.root().at(resource.point());
    }

    /**
     * Mounts before it writes: an entry that cannot be mounted would keep the host from starting.
     */
    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        List<Mending> mendings = new ArrayList<>();
        try {
            Path point = Files.exists(place) ? place.toRealPath() : place;
            switch (resource.state()) {
                case EXISTS -> mount(point, attempt, mendings);
                case ABSENT -> unmount(point, attempt, mendings);
            }
            if (resource.extent().coversLater()) {
                Optional<FstabEntry> entry =
                        resource.state() == Presence.EXISTS
                                ? Optional.of(FstabEntry.of(resource))
                                : Optional.empty();
                fstab.keep(resource.point(), entry, attempt, mendings);
            }
        } catch (IOException e) {
            String reason = FileFault.of("check the mount", place, e).getMessage();
            return new Outcome.Failed(
                    String.valueOf(reason), attempt.checksOnly() ? List.of() : mendings);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Watch watch(WatchListener listener) throws IOException, InterruptedException {
        Runnable mounts = events.open(listener);
        try {
            Watch file = files.watch(listener, List.of(fstab.path()));
            return () -> {
                file.close();
                mounts.run();
            };
        } catch (IOException e) {
            mounts.run();
            throw e;
        }
    }

    private void mount(Path point, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        Optional<Mounted> present = Mounted.at(point);
        MountMatch match = new MountMatch(resource, files.root(), point);
        if (present.isPresent() && (isMade(present.get()) || match.isFrom(present.get()))) {
            remount(point, match, present.get(), attempt, mendings);
            return;
        }
        String before = present.map(Mounted::source).orElse("nothing");
        mendings.add(new Mending("device", before + " → " + resource.device()));
        if (attempt.checksOnly()) {
            return;
        }
        if (!Files.exists(place)) {
            throw new FileFault(
                    "the mount point "
                            + resource.point()
                            + " does not exist (a resource `file` with the path "
                            + resource.point()
                            + "/ makes it)");
        }
        if (present.isPresent()) {
            // Over what is there first: if that fails, what is there stays.
            mount();
            umount();
            umount();
        }
        mount();
        made = Mounted.at(point);
    }

    private boolean isMade(Mounted present) {
        return made.filter(present::isLike).isPresent();
    }

    private void mount() throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("mount"));
        if (!resource.type().equals("none")) {
            line.addAll(List.of("-t", resource.type()));
        }
        line.addAll(List.of("-o", resource.optionText(), resource.device()));
        line.add(resource.point().toString());
        files.root().run(line).expect("mount " + resource.device() + " at " + resource.point());
    }

    /** Also where only what fstab says has changed: other options show nowhere else. */
    private void remount(
            Path point, MountMatch match, Mounted present, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        List<String> lacking = match.lacking(present);
        if (lacking.isEmpty() && !isSaidOtherwise()) {
            return;
        }
        if (!lacking.isEmpty() && lacking.equals(vain)) {
            throw withoutEffect();
        }
        String detail = lacking.isEmpty() ? resource.optionText() : String.join(",", lacking);
        mendings.add(new Mending("options", detail));
        if (attempt.checksOnly()) {
            return;
        }
        String options = "remount," + resource.optionText();
        files.root()
                .run(List.of("mount", "-o", options, resource.point().toString()))
                .expect("mount " + resource.point() + " with other options");
        vain = Mounted.at(point).map(match::lacking).orElse(List.of());
        if (!vain.isEmpty()) {
            throw withoutEffect();
        }
    }

    private FileFault withoutEffect() {
        return new FileFault(
                "the options "
                        + String.join(",", vain)
                        + " have no effect on "
                        + resource.point()
                        + " (remove them, or unmount it once)");
    }

    private boolean isSaidOtherwise() throws IOException {
        return resource.extent().coversLater()
                && fstab.entry(resource.point())
                        .filter(entry -> !entry.options().equals(resource.optionText()))
                        .isPresent();
    }

    private void unmount(Path point, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        Optional<Mounted> present = Mounted.at(point);
        if (present.isEmpty()) {
            return;
        }
        mendings.add(new Mending("state", "mounted → unmounted"));
        for (int i = 0; i < MOST_LAYERS && present.isPresent() && !attempt.checksOnly(); i++) {
            umount();
            present = Mounted.at(point);
        }
    }

    private void umount() throws IOException, InterruptedException {
        files.root()
                .run(List.of("umount", resource.point().toString()))
                .expect("unmount " + resource.point());
    }
}
