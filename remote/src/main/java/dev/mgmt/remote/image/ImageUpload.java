package dev.mgmt.remote.image;

import dev.mgmt.remote.host.HostCall;
import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.host.HostScript;
import dev.mgmt.remote.host.Rights;
import dev.mgmt.remote.host.ScriptRun;
import dev.mgmt.remote.image.AgentImage.Compression;
import dev.mgmt.remote.probe.HostFacts;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Brings an image to a host: one command whose standard input is the archive, unpacked as it
 * arrives. Nothing is left there unless it arrived whole.
 */
public final class ImageUpload {
    private static final int CHUNK = 64 * 1024;
    private static final long KIB = 1024;
    private static final String WHAT = "The image could not be copied";

    private final Tunnel tunnel;
    private final Rights rights;
    private final String nonce;
    private final ScriptRun.Patience patience;

    /**
     * @param patience how long a transfer may stand still
     */
    public ImageUpload(Tunnel tunnel, Rights rights, String nonce, ScriptRun.Patience patience) {
        this.tunnel = tunnel;
        this.rights = rights;
        this.nonce = nonce;
        this.patience = patience;
    }

    /** Told how far a transfer is, in bytes of the archive. */
    public interface Progress {
        void sent(long bytes, long total);
    }

    /** Tries the host's caches one after the other, best first. */
    public void send(AgentImage image, HostFacts facts, Progress progress)
            throws TunnelException, HostException, InterruptedException {
        Compression compression =
                image.compression(facts)
                        .filter(any -> facts.tools().contains("tar"))
                        .orElseThrow(() -> noTool(facts));
        List<String> refusals = new ArrayList<>();
        for (HostFacts.Cache cache : facts.caches()) {
            Optional<String> refusal = unfit(cache, image);
            if (refusal.isEmpty()) {
                try {
                    sendTo(cache.directory(), image, compression, progress);
                    return;
                } catch (HostException.NoSpace e) {
                    refusal = Optional.of(e.why());
                }
            }
            refusals.add(refusal.get());
        }
        throw new HostException.CannotTakeAgent(
                "No directory can hold the image",
                refusals.isEmpty() ? "the host named none" : String.join("; ", refusals),
                "Make room, or set MGMT_CACHE in the host's environment (SetEnv in sshd_config) to"
                        + " a directory with space that is mounted without noexec.");
    }

    private static Optional<String> unfit(HostFacts.Cache cache, AgentImage image) {
        return switch (cache.fitness()) {
            case NOEXEC -> Optional.of(cache.directory() + " does not allow execution");
            case UNWRITABLE -> Optional.of(cache.directory() + " cannot be written");
            case UNUSABLE ->
                    Optional.of(cache.directory() + " cannot be made or is not safely ours");
            case EXEC ->
                    cache.freeKib() * KIB < image.unpacked()
                            ? Optional.of(tooSmall(cache.directory(), cache.freeKib(), image))
                            : Optional.empty();
        };
    }

    private static String tooSmall(String directory, long freeKib, AgentImage image) {
        return directory
                + " has "
                + freeKib / KIB
                + " MiB free and the image needs "
                + (image.unpacked() + KIB * KIB - 1) / (KIB * KIB)
                + " MiB";
    }

    private void sendTo(String cache, AgentImage image, Compression compression, Progress progress)
            throws TunnelException, HostException, InterruptedException {
        List<String> words = List.of(image.digest(), cache, compression.tool());
        HostCall call = new HostCall(HostScript.INSTALL, rights, nonce, words);
        try (ScriptRun run = ScriptRun.start(tunnel, call, patience, line -> false)) {
            Path archive = Objects.requireNonNull(image.archives().get(compression));
            stream(archive, run, progress);
            judge(run, cache, image);
        }
    }

    /** A script that gives up closes its input: why it did stands in its answer, not here. */
    private static void stream(Path archive, ScriptRun run, Progress progress)
            throws HostException {
        try (InputStream in = Files.newInputStream(archive)) {
            long total = Files.size(archive);
            byte[] chunk = new byte[CHUNK];
            long sent = 0;
            for (int read = in.read(chunk); read > 0; read = in.read(chunk)) {
                if (!wrote(run, chunk, read)) {
                    return;
                }
                sent += read;
                progress.sent(sent, total);
            }
        } catch (IOException e) {
            throw new HostException.CannotTakeAgent(
                    WHAT,
                    "its archive cannot be read here: " + e.getMessage(),
                    "Build or install mgmt again on this machine.");
        }
    }

    private static boolean wrote(ScriptRun run, byte[] chunk, int length) {
        OutputStream stdin = run.stdin();
        try {
            stdin.write(chunk, 0, length);
            run.progressed();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void judge(ScriptRun run, String cache, AgentImage image)
            throws HostException, InterruptedException {
        try {
            run.stdin().close();
        } catch (IOException e) {
            // The script has already ended; it says below why.
            run.progressed();
        }
        Optional<String> answer = run.answer();
        if (answer.isEmpty()) {
            throw run.silence(WHAT, "Run it again: nothing is left of the broken transfer.");
        }
        if (answer.get().equals("installed")) {
            return;
        }
        throw refused(answer.get(), run, cache, image);
    }

    /** {@code failed FREE WHY…}. */
    private static HostException refused(
            String answer, ScriptRun run, String cache, AgentImage image)
            throws InterruptedException {
        String[] words = answer.split(" ", 3);
        long free = words.length < 3 ? Long.MAX_VALUE : freeKib(words[1]);
        String said = run.said();
        if (free < image.unpacked() / KIB || said.contains("No space left")) {
            return new HostException.NoSpace(WHAT, tooSmall(cache, free, image), "Make room.");
        }
        String why = words.length < 3 ? answer : words[2];
        return new HostException.CannotTakeAgent(
                WHAT,
                cache + ": " + why + (said.isEmpty() ? "" : "; it said: " + said),
                "Run it again: nothing is left of the broken transfer.");
    }

    private static long freeKib(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static HostException.CannotTakeAgent noTool(HostFacts facts) {
        return new HostException.CannotTakeAgent(
                "The host cannot unpack the image",
                "tar and one of zstd, xz and gzip are needed; there are: "
                        + (facts.tools().isEmpty()
                                ? "none"
                                : String.join(", ", facts.tools().stream().sorted().toList())),
                "Install tar and gzip on the host.");
    }
}
