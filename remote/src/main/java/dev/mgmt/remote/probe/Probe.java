package dev.mgmt.remote.probe;

import dev.mgmt.remote.host.HostCall;
import dev.mgmt.remote.host.HostException;
import dev.mgmt.remote.host.HostPaths;
import dev.mgmt.remote.host.HostScript;
import dev.mgmt.remote.host.Rights;
import dev.mgmt.remote.host.ScriptRun;
import dev.mgmt.remote.wire.BoundedLines;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The first command on a host: one round trip to a starting agent, or to the host's facts. */
public final class Probe {
    private static final int MOST_FACTS = 200;
    private static final String WHAT = "The host does not run our first command";
    private static final String ADVICE =
            "Try it by hand: ssh to the host and run  sh -c 'echo ok'  there.";

    private Probe() {}

    /** What became of it. */
    public sealed interface Answer {
        /** The image is there, and its agent is starting in the place of the script. */
        record Starting(ScriptRun run, String nonce, HostPaths paths, String digest, long process)
                implements Answer {}

        record Facts(HostFacts facts) implements Answer {}
    }

    /**
     * @param digests images that would do, best first
     * @param understood see {@link ScriptRun#start}
     */
    public record Question(
            Rights rights,
            String nonce,
            List<String> digests,
            ScriptRun.Patience patience,
            Predicate<BoundedLines.Line> understood) {}

    public static Answer ask(Tunnel tunnel, Question question)
            throws TunnelException, HostException, InterruptedException {
        HostCall call =
                new HostCall(
                        HostScript.PROBE, question.rights(), question.nonce(), question.digests());
        ScriptRun run = ScriptRun.start(tunnel, call, question.patience(), question.understood());
        Optional<Answer> answer = run.answer().flatMap(first -> read(first, run, question.nonce()));
        if (answer.isEmpty()) {
            try (run) {
                throw run.silence(WHAT, ADVICE);
            }
        }
        if (answer.get() instanceof Answer.Facts) {
            run.close();
        }
        return answer.get();
    }

    private static Optional<Answer> read(String first, ScriptRun run, String nonce) {
        if (first.startsWith("start ")) {
            return start(first, run, nonce);
        }
        if (!first.equals("facts")) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        for (Optional<String> line = run.line();
                line.isPresent() && lines.size() < MOST_FACTS;
                line = run.line()) {
            if (run.isMarked(line.get(), "end")) {
                return FactLines.read(lines).map(Answer.Facts::new);
            }
            lines.add(line.get());
        }
        return Optional.empty();
    }

    /** {@code start PROCESS DIGEST CACHE}, where only the cache may hold blanks. */
    private static Optional<Answer> start(String line, ScriptRun run, String nonce) {
        String[] words = line.split(" ", 4);
        if (words.length < 4) {
            return Optional.empty();
        }
        try {
            long process = Long.parseLong(words[1]);
            return Optional.of(
                    new Answer.Starting(run, nonce, new HostPaths(words[3]), words[2], process));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
