package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Many small files in directories, and the graph that wants them.
 *
 * @param each files of one directory
 */
record Layout(Path base, int count, int each) {
    /** As a trial is given it: base, count, each. */
    static Layout of(String[] arguments) {
        return new Layout(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                Integer.parseInt(arguments[2]));
    }

    /** The directory that this file is in. */
    Path directory(int number) {
        return base.resolve("d" + number / each);
    }

    Path file(int number) {
        return directory(number).resolve("f" + number);
    }

    static String content(int number) {
        return "file " + number + " of many\n";
    }

    String graph() {
        return graphWith(-1, "");
    }

    /** As a user would write it; one file is to have other content. */
    String graphWith(int other, String otherContent) {
        StringBuilder text = new StringBuilder("graph: files\nresources:\n  file:\n");
        for (int i = 0; i < count; i++) {
            Path file = file(i);
            if (i % each == 0) {
                text.append("  - name: ").append(directory(i)).append("/\n");
            }
            String content = i == other ? otherContent : content(i);
            text.append("  - name: ").append(file).append("\n    content: \"");
            text.append(content.replace("\n", "\\n")).append("\"\n");
        }
        return text.toString();
    }

    /** All as the graph wants it, put there without it. */
    void write() throws IOException {
        for (int i = 0; i < count; i++) {
            if (i % each == 0) {
                Files.createDirectories(directory(i));
            }
            Files.writeString(file(i), content(i));
        }
    }
}
