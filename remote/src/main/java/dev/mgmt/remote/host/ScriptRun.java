package dev.mgmt.remote.host;

import dev.mgmt.remote.wire.BoundedLines;
import dev.mgmt.remote.wire.EventLine;
import dev.mgmt.tunnel.Tunnel;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.exec.Ending;
import dev.mgmt.tunnel.exec.RemoteProcess;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One of our scripts while it runs on a host. Its answers are lines that start with {@code mgmt
 * NONCE}; whatever else comes (a login shell's greetings, complaints of tools) is kept for the case
 * that there is no answer. One thread reads answers; standard error has a thread of its own, which
 * ends with the command.
 */
public final class ScriptRun implements AutoCloseable {
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final int MOST_NOISE = 10_000;
    private static final int LINES_KEPT = 8;
    private static final int KEPT_LENGTH = 300;
    private static final Duration ENDING = Duration.ofSeconds(2);

    private final RemoteProcess process;
    private final BufferedInputStream stdout;
    private final BoundedLines lines;
    private final String mark;
    private final Deadlines.Deadline deadline;
    private final Optional<SudoDialogue> sudo;
    private final Deque<String> said = new ArrayDeque<>();
    private final CountDownLatch errorsRead = new CountDownLatch(1);
    private Ending ending = new Ending.Vanished();

    private ScriptRun(RemoteProcess process, HostCall call, Patience patience) {
        this.process = process;
        this.sudo =
                switch (call.rights()) {
                    case Rights.Login() -> Optional.empty();
                    case Rights.Sudo rights ->
                            Optional.of(new SudoDialogue(rights, call.question(), process.stdin()));
                };
        this.stdout = new BufferedInputStream(process.stdout());
        this.lines = new BoundedLines(stdout, LONGEST_ANSWER);
        this.mark = "mgmt " + call.nonce() + " ";
        this.deadline = patience.deadlines().after(patience.time(), process::close);
    }

    /**
     * Starts a script; under sudo, waits until it runs.
     *
     * @param patience how long it may be silent before it is given up; see {@link #progressed}
     * @param understood offered every line of standard error; says whether it knew what to do with
     *     it, and is otherwise only remembered here
     */
    public static ScriptRun start(
            Tunnel tunnel,
            HostCall call,
            Patience patience,
            Predicate<BoundedLines.Line> understood)
            throws TunnelException, HostException, InterruptedException {
        RemoteProcess process = tunnel.start(call.command());
        ScriptRun run = new ScriptRun(process, call, patience);
        Thread.ofVirtual().name("stderr of a script").start(() -> run.readErrors(understood));
        run.awaitRights();
        return run;
    }

    private void awaitRights() throws HostException, InterruptedException {
        if (sudo.isEmpty() || answer().equals(Optional.of("in"))) {
            return;
        }
        try (this) {
            String how = howItEnded();
            if (sudo.get().hasFailed() || hasEnded()) {
                throw sudo.get().refusal(said(), how);
            }
            throw silence("sudo does not answer", "Try  sudo true  on the host by hand.");
        }
    }

    /** How long something may be silent, and who watches over that. */
    public record Patience(Deadlines deadlines, Duration time) {}

    public OutputStream stdin() {
        return process.stdin();
    }

    /** What follows the last answer that was read, to the byte. */
    public InputStream rest() {
        return stdout;
    }

    /** Something happened: the time counts anew. */
    public void progressed() {
        deadline.restart();
    }

    /** From here on it may be silent for as long as it likes. */
    public void mayTakeItsTime() {
        deadline.close();
    }

    /** The next answer without its mark; empty when there will be none. */
    public Optional<String> answer() {
        for (int noise = 0; noise < MOST_NOISE; noise++) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return line;
            }
            // A login shell's noise without a line end may stand in front of our first line.
            int at = line.get().indexOf(mark);
            if (at >= 0) {
                return Optional.of(line.get().substring(at + mark.length()));
            }
            remember(line.get());
        }
        return Optional.empty();
    }

    /** Whether a line is this answer. */
    public boolean isMarked(String line, String answer) {
        return line.equals(mark + answer);
    }

    /** The next line of standard output as it is; empty at its end. */
    public Optional<String> line() {
        try {
            return lines.next().map(BoundedLines.Line::text);
        } catch (IOException e) {
            remember(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Why there was no answer, as far as that can be told.
     *
     * @param what was to be done, in a sentence that failed
     */
    public HostException silence(String what, String advice) throws InterruptedException {
        if (deadline.hasPassed()) {
            return new HostException.Vanished(what, "nothing was heard in time" + quoted(), advice);
        }
        String why = ending();
        return hasEnded()
                ? new HostException.CannotTakeAgent(what, why, advice)
                : new HostException.Vanished(what, why, advice);
    }

    /** How the command ended, and what it said last; for one that has closed its output. */
    public String ending() throws InterruptedException {
        return howItEnded() + quoted();
    }

    private String howItEnded() throws InterruptedException {
        ending = process.await(ENDING);
        return switch (ending) {
            case Ending.Exited(int status) -> "the command ended with status " + status;
            case Ending.Signalled(String signal) -> "the command was killed by " + signal;
            case Ending.Vanished() -> "the connection was lost";
        };
    }

    /** Whether the command is known to have ended; asked after {@link #ending}. */
    public boolean hasEnded() {
        return !(ending instanceof Ending.Vanished);
    }

    /**
     * The last things that were not for us, as people read them; may be empty. For a script that
     * has answered for the last time: errors come on a way of their own, perhaps later.
     */
    public String said() throws InterruptedException {
        if (!errorsRead.await(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
            remember("(and perhaps more)");
        }
        synchronized (said) {
            return String.join(" | ", said);
        }
    }

    private String quoted() throws InterruptedException {
        String text = said();
        return text.isEmpty() ? "" : "; it said: " + text;
    }

    private void readErrors(Predicate<BoundedLines.Line> understood) {
        BoundedLines errors =
                new BoundedLines(new BufferedInputStream(process.stderr()), EventLine.LONGEST);
        try {
            for (Optional<BoundedLines.Line> line = errors.next();
                    line.isPresent();
                    line = errors.next()) {
                if (isQuestion(line.get())) {
                    answerSudo();
                } else if (!understood.test(line.get())) {
                    remember(line.get().text());
                }
            }
        } catch (IOException e) {
            remember(String.valueOf(e.getMessage()));
        } finally {
            errorsRead.countDown();
        }
    }

    private boolean isQuestion(BoundedLines.Line line) {
        return sudo.isPresent() && sudo.get().isQuestion(line.text());
    }

    /** While a human may be asked, nobody else is to be impatient. */
    private void answerSudo() throws IOException {
        deadline.close();
        if (sudo.isPresent() && sudo.get().answer()) {
            deadline.restart();
        } else {
            process.close();
        }
    }

    private void remember(String line) {
        String text = Printable.of(line, KEPT_LENGTH);
        synchronized (said) {
            if (!text.isEmpty()) {
                said.addLast(text);
            }
            if (said.size() > LINES_KEPT) {
                said.removeFirst();
            }
        }
    }

    @Override
    public void close() {
        deadline.close();
        process.close();
    }
}
