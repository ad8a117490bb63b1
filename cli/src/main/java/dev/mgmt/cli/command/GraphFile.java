package dev.mgmt.cli.command;

import dev.mgmt.engine.graph.Templates;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.engine.yaml.GraphReading;
import dev.mgmt.engine.yaml.InputProblem;
import dev.mgmt.engine.yaml.TemplateProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A graph file that was named on the command line.
 *
 * @param name as the user wrote it
 */
record GraphFile(String name, GraphReader reader) {
    /** A file that cannot be read is as invalid as what is in it may be. */
    GraphReading read() {
        try {
            return reader.read(name, Files.readAllBytes(path()));
        } catch (NoSuchFileException missing) {
            return invalid("there is no such file", "check the path");
        } catch (IOException unreadable) {
            return invalid("cannot be read: " + unreadable.getMessage(), "check its permissions");
        }
    }

    /** For a run without an inventory: a variable that nobody gives is an error. */
    GraphReading readAlone() {
        GraphReading reading = read();
        List<InputProblem> unknown = unknown(reading);
        return unknown.isEmpty() ? reading : new GraphReading.Invalid(unknown);
    }

    /** Variables that an inventory would have to give. */
    static List<InputProblem> unknown(GraphReading reading) {
        return reading instanceof GraphReading.Valid valid
                ? valid.graph().templates().map(Templates::needs).orElse(List.of()).stream()
                        .map(need -> TemplateProblem.unknown(need, List.of()))
                        .distinct()
                        .toList()
                : List.of();
    }

    Path path() {
        return Path.of(name);
    }

    private GraphReading invalid(String message, String advice) {
        return new GraphReading.Invalid(List.of(new InputProblem(name, 0, 0, message, advice)));
    }
}
