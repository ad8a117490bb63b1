package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.os.ChildProcess;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A host whose tools are run here. They can ask nobody anything: their input is empty, and they are
 * told so.
 */
final class ToolHost implements PackageHost {
    /** How long a tool that changes the host may go on after an interrupt. */
    private static final Duration TIME_TO_FINISH = Duration.ofSeconds(15);

    /** The messages that are read here are the untranslated ones. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                    "LC_ALL", "C.UTF-8",
                    "LANGUAGE", "",
                    "TERM", "dumb",
                    "DEBIAN_FRONTEND", "noninteractive",
                    "APT_LISTCHANGES_FRONTEND", "none",
                    "UCF_FORCE_CONFFOLD", "1",
                    "ZYPP_LOCK_TIMEOUT", "86400");

    private final HostRoot root;

    ToolHost(HostRoot root) {
        this.root = root;
    }

    @Override
    public Path at(String path) {
        return root.at(path);
    }

    @Override
    public boolean has(String tool) {
        return root.has(tool);
    }

    @Override
    public Answer ask(List<String> argv) throws IOException, InterruptedException {
        return new Run(argv, _ -> {}).end(Duration.ZERO);
    }

    @Override
    public Answer change(List<String> argv, Consumer<String> lines)
            throws IOException, InterruptedException {
        return new Run(argv, lines).end(TIME_TO_FINISH);
    }

    /** In a process group of its own, so that a Ctrl-C on the console does not reach it. */
    private List<String> line(List<String> argv) {
        List<String> line = new ArrayList<>();
        HostRoot.REAL.find("setsid").ifPresent(line::add);
        if (!root.equals(HostRoot.REAL)) {
            line.addAll(List.of("chroot", root.directory().toString()));
        }
        line.addAll(argv);
        return line;
    }

    /** One tool under way. */
    private final class Run {
        private final List<String> out = new ArrayList<>();
        private final List<String> err = new ArrayList<>();
        private final ChildProcess child;

        private Run(List<String> argv, Consumer<String> lines) throws IOException {
            child =
                    ChildProcess.start(
                            line(argv),
                            Optional.empty(),
                            ENVIRONMENT,
                            line -> take(out, line, lines),
                            line -> take(err, line, lines));
        }

        private synchronized void take(List<String> to, String line, Consumer<String> lines) {
            to.add(line);
            lines.accept(line);
        }

        private Answer end(Duration patience) throws InterruptedException {
            try {
                return answer(child.await());
            } catch (InterruptedException e) {
                finish(patience);
                throw e;
            }
        }

        /** A package manager that is killed half-way leaves packages half-installed. */
        private void finish(Duration patience) {
            try {
                if (!patience.isZero() && child.ends(patience)) {
                    return;
                }
            } catch (InterruptedException e) {
                child.terminate();
                Thread.currentThread().interrupt();
                return;
            }
            child.terminate();
        }

        private synchronized Answer answer(int code) {
            return new Answer(code, out, err);
        }
    }
}
