package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one trial in a virtual machine of its own, cold and with an agent's options: what was
 * compiled or is still in memory from another trial must not count.
 */
final class FreshJvm {
    /** Those that agents run with (see the image's builder), and the bound that is promised. */
    private static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:-UsePerfData",
                    "-XX:TieredStopAtLevel=1",
                    "-Xms12m",
                    "-Xmx1g",
                    "-Xss512k",
                    "-XX:ReservedCodeCacheSize=24m");

    private FreshJvm() {}

    /** What the trial told, by name. */
    static Map<String, Figures> run(Class<?> trial, Object... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        words.add(ProcessHandle.current().info().command().orElse("java"));
        words.addAll(OPTIONS);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), trial.getName()));
        for (Object argument : arguments) {
            words.add(argument.toString());
        }
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IllegalStateException(trial + " ended with " + status + ":\n" + output);
        }
        return figures(output);
    }

    static Map<String, Figures> run(Class<?> trial, Layout layout, Object... arguments)
            throws IOException, InterruptedException {
        List<Object> all = new ArrayList<>(List.of(layout.base(), layout.count(), layout.each()));
        all.addAll(List.of(arguments));
        return run(trial, all.toArray());
    }

    /** Called by the trial. */
    static void tell(String name, double value) {
        System.out.println("figure " + name + " " + value);
    }

    private static Map<String, Figures> figures(String output) {
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (String line : output.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[0].equals("figure")) {
                figures.computeIfAbsent(words[1], name -> new Figures(name, ""))
                        .add(Double.parseDouble(words[2]));
            }
        }
        return figures;
    }
}
