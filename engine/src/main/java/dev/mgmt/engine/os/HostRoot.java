package dev.mgmt.engine.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The system that is managed: where its files are, and how its programs are run. Always {@code /},
 * but for tests, which make a system of their own below another directory rather than touch the
 * machine's accounts.
 */
public record HostRoot(Path directory) {
    public static final HostRoot REAL = new HostRoot(Path.of("/"));

    private static final List<String> PROGRAMS =
            List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin");

    private boolean isReal() {
        return directory.getNameCount() == 0;
    }

    /** Where this absolute path of the system is. */
    public Path at(Path path) {
        return isReal() ? path : directory.resolve(path.getRoot().relativize(path));
    }

    public Path at(String path) {
        return at(Path.of(path));
    }

    /** The absolute path of a program, as the system itself sees it. */
    public Optional<String> find(String program) {
        for (String parent : PROGRAMS) {
            String candidate = parent + "/" + program;
            if (Files.isExecutable(at(candidate))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    public boolean has(String program) {
        return find(program).isPresent();
    }

    /** Runs one of the system's programs in a process group of its own. */
    public Tool.Finished run(List<String> argv) throws IOException, InterruptedException {
        return run(argv, "");
    }

    public Tool.Finished run(List<String> argv, String input)
            throws IOException, InterruptedException {
        String program = argv.getFirst();
        String found =
                find(program)
                        .orElseThrow(
                                () -> new FileFault("this host has no program `" + program + "`"));
        List<String> line = new ArrayList<>();
        REAL.find("setsid").ifPresent(line::add);
        if (!isReal()) {
            line.addAll(List.of("chroot", directory.toString()));
        }
        line.add(found);
        line.addAll(argv.subList(1, argv.size()));
        return Tool.run(line, input);
    }
}
