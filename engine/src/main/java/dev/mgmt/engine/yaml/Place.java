package dev.mgmt.engine.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** A position in a file; both count from 1, columns in code points. */
record Place(int line, int column) implements Comparable<Place> {
    static final Place START = new Place(1, 1);

    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    static Place of(Node node) {
        return of(node.getStartMark());
    }

    /** The place right after this text. */
    static Place after(CharSequence text) {
        int line = 1;
        int column = 1;
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = Character.codePointAt(text, i);
            column = codePoint == '\n' ? 1 : column + 1;
            line += codePoint == '\n' ? 1 : 0;
        }
        return new Place(line, column);
    }

    @Override
    public int compareTo(Place other) {
        return line == other.line
                ? Integer.compare(column, other.column)
                : Integer.compare(line, other.line);
    }
}
