package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What an engine does once in its life, for the engine that takes its place in the middle of a run:
 * commands that were run, what they said, and the process of one that runs. A file for each, by the
 * digest of its whole description, in a folder that is there only while a run is to be carried on
 * so ({@link #keepFor}); without it nothing is kept. Each deed is recalled once: who meets it again
 * in the same engine has been told to do it anew.
 */
public final class Deeds {
    private static final String FOLDER = "deeds";
    private static final String RUN = FOLDER + "/run";
    private static final String DONE = "done";
    private static final String RUNNING = "running ";
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** The kernel's idea of when the machine was started moves with its clock. */
    private static final long CLOCK_MILLIS = 2000;

    private final StateDirectory state;
    private final Set<String> recalled = new HashSet<>();
    private Keeping keeping = Keeping.UNKNOWN;

    private enum Keeping {
        UNKNOWN,
        KEPT,
        NOT_KEPT
    }

    public Deeds(StateDirectory state) {
        this.state = state;
    }

    /**
     * For whoever owns the directory, before the engine is opened: what another run did counts no
     * more, and what runs although its engine is gone is ended.
     */
    public void keepFor(String run) throws IOException {
        if (state.read(RUN).filter(run::equals).isEmpty()) {
            forget();
            state.write(RUN, run);
            return;
        }
        for (Path deed : deeds()) {
            String name = FOLDER + "/" + deed.getFileName();
            String text = state.read(name).orElse("");
            if (text.startsWith(RUNNING)) {
                process(text).ifPresent(Deeds::end);
                state.delete(name);
            }
        }
    }

    /** The run is over. What still runs is ended. */
    public void forget() throws IOException {
        if (state.read(RUN).isEmpty()) {
            return;
        }
        for (Path deed : deeds()) {
            process(state.read(FOLDER + "/" + deed.getFileName()).orElse("")).ifPresent(Deeds::end);
            Files.deleteIfExists(deed);
        }
        Files.deleteIfExists(state.folder(FOLDER));
    }

    private List<Path> deeds() throws IOException {
        try (Stream<Path> files = Files.list(state.folder(FOLDER))) {
            return files.toList();
        }
    }

    /**
     * What the deed said when an earlier engine did it; empty if none did.
     *
     * @param deed all of its description
     */
    public synchronized Optional<Map<String, String>> recall(String deed) throws IOException {
        if (!isKept() || !recalled.add(deed)) {
            return Optional.empty();
        }
        List<String> lines = state.read(name(deed)).orElse("").lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(DONE)) {
            return Optional.empty();
        }
        Map<String, String> said = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int at = line.indexOf(' ');
            byte[] text = Base64.getDecoder().decode(line.substring(at + 1));
            said.put(line.substring(0, at), new String(text, StandardCharsets.UTF_8));
        }
        return Optional.of(said);
    }

    /**
     * @param process leads the process group that does it
     */
    public synchronized void begun(String deed, long process) throws IOException {
        recalled.add(deed);
        if (isKept()) {
            long started = ProcessHandle.of(process).map(Deeds::started).orElse(0L);
            state.write(name(deed), RUNNING + process + " " + started);
        }
    }

    public synchronized void done(String deed, Map<String, String> said) throws IOException {
        if (isKept()) {
            List<String> lines = new ArrayList<>();
            lines.add(DONE);
            said.forEach(
                    (name, text) -> {
                        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                        lines.add(name + " " + Base64.getEncoder().encodeToString(bytes));
                    });
            state.write(name(deed), String.join("\n", lines));
        }
    }

    /** It failed, or is to be done again. */
    public synchronized void undone(String deed) throws IOException {
        if (isKept()) {
            state.delete(name(deed));
        }
    }

    private boolean isKept() throws IOException {
        if (keeping == Keeping.UNKNOWN) {
            keeping = state.read(RUN).isPresent() ? Keeping.KEPT : Keeping.NOT_KEPT;
        }
        return keeping == Keeping.KEPT;
    }

    private static String name(String deed) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(deed.getBytes(StandardCharsets.UTF_8));
            return FOLDER + "/" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<ProcessHandle> process(String text) {
        String[] words = text.split(" ", 3);
        if (!text.startsWith(RUNNING) || words.length < 3) {
            return Optional.empty();
        }
        long started = Long.parseLong(words[2]);
        return ProcessHandle.of(Long.parseLong(words[1]))
                .filter(found -> Math.abs(started(found) - started) <= CLOCK_MILLIS);
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** The whole group at once: a shell whose command is ended goes on with the next one. */
    private static void end(ProcessHandle leader) {
        List<ProcessHandle> all = Stream.concat(Stream.of(leader), leader.descendants()).toList();
        boolean _ = ProcessGroup.signal(leader.pid(), "TERM");
        all.forEach(ProcessHandle::destroy); // Who left the group, too.
        CompletableFuture<?>[] ends =
                all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
