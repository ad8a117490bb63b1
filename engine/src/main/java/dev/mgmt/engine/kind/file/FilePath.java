package dev.mgmt.engine.kind.file;

import java.util.Optional;

/**
 * A path as a graph file writes it, split where {@code dirname} and {@code basename} replace its
 * parts.
 *
 * @param directory up to and with the last slash that has something after it; may be empty
 * @param last the rest, with its trailing slash if it names a directory; empty for {@code /}
 */
record FilePath(String directory, String last) {
    static FilePath of(String text) {
        int end = text.endsWith("/") ? text.length() - 1 : text.length();
        int cut = text.lastIndexOf('/', end - 1) + 1;
        if (text.equals("/")) {
            cut = 1;
        }
        return new FilePath(text.substring(0, cut), text.substring(cut));
    }

    FilePath replace(Optional<String> dirname, Optional<String> basename) {
        return new FilePath(dirname.orElse(directory), basename.orElse(last));
    }

    String text() {
        return directory + last;
    }

    FileShape shape() {
        return text().endsWith("/") ? FileShape.DIRECTORY : FileShape.REGULAR;
    }

    boolean isAbsolute() {
        return text().startsWith("/");
    }

    /** Such a path names a directory that its text does not show. */
    boolean endsInDots() {
        String name = last.endsWith("/") ? last.substring(0, last.length() - 1) : last;
        String leaf = name.substring(name.lastIndexOf('/') + 1);
        return leaf.equals(".") || leaf.equals("..");
    }
}
