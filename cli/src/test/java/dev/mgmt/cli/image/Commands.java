package dev.mgmt.cli.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs that must succeed. */
final class Commands {
    private Commands() {}

    /** Runs it to its end and gives what it printed. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + "\nended with status " + status + ":\n" + output);
        }
        return output;
    }
}
