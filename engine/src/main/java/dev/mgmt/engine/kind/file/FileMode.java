package dev.mgmt.engine.kind.file;

import dev.mgmt.engine.resource.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Permission bits as chmod(1) takes them: octal digits, or symbolic changes to the bits a file has.
 */
public sealed interface FileMode {
    /**
     * @param bits the file's present mode, 0 to 07777
     * @param shape decides {@code X}, and keeps a directory's set-id bits under {@code =}
     * @return the bits it should have, 0 to 07777
     */
    int applyTo(int bits, FileShape shape);

    /** The field {@code mode}: empty if it is not there, or a problem of it has been told. */
    static Optional<FileMode> of(Fields fields) {
        Optional<String> text = fields.filled("mode");
        Optional<FileMode> mode = text.flatMap(FileMode::parse);
        if (text.isPresent() && mode.isEmpty()) {
            fields.problem(
                    "mode",
                    "`" + text.get() + "` is not a file mode",
                    "write octal digits such as 0644, or changes such as u=rw,go=r");
        }
        return mode;
    }

    /** Empty if the text is neither octal nor symbolic. */
    static Optional<FileMode> parse(String text) {
        if (Octal.SYNTAX.matcher(text).matches()) {
            return Optional.of(new Octal(Integer.parseInt(text, 8)));
        }
        List<Clause> clauses = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher syntax = Clause.SYNTAX.matcher(part);
            if (!syntax.matches()) {
                return Optional.empty();
            }
            String who = syntax.group(1);
            Matcher change = Clause.CHANGE.matcher(part.substring(who.length()));
            while (change.find()) {
                clauses.add(new Clause(who, change.group(1).charAt(0), change.group(2)));
            }
        }
        return Optional.of(new Symbolic(clauses));
    }

    /** Exactly these bits, set-id and sticky included. */
    record Octal(int bits) implements FileMode {
        private static final Pattern SYNTAX = Pattern.compile("0?[0-7]{1,4}");

        @Override
        public int applyTo(int current, FileShape shape) {
            return bits;
        }

        /** Four octal digits. */
        @Override
        public String toString() {
            return "%04o".formatted(bits);
        }
    }

    /** Changes applied from left to right. */
    record Symbolic(List<Clause> clauses) implements FileMode {
        public Symbolic {
            clauses = List.copyOf(clauses);
        }

        @Override
        public int applyTo(int current, FileShape shape) {
            int bits = current;
            for (Clause clause : clauses) {
                bits = clause.applyTo(bits, shape);
            }
            return bits;
        }
    }

    /**
     * One change, such as {@code ug+rw}.
     *
     * @param who letters of {@code ugoa}; none means all, whatever the umask is
     * @param operator {@code +}, {@code -} or {@code =}
     * @param permissions letters of {@code rwxXst}, or one of {@code ugo} to copy that class
     */
    record Clause(String who, char operator, String permissions) {
        private static final Pattern SYNTAX =
                Pattern.compile("([ugoa]*)(?:[-+=](?:[ugo]|[rwxXst]*))+");
        private static final Pattern CHANGE = Pattern.compile("([-+=])([ugo]|[rwxXst]*)");
        private static final int SET_IDS = 06000;

        int applyTo(int bits, FileShape shape) {
            int value = value(bits, shape);
            return switch (operator) {
                case '+' -> bits | value;
                case '-' -> bits & ~value;
                default -> (bits & ~cleared(shape)) | value;
            };
        }

        private boolean concerns(char letter) {
            return who.isEmpty() || who.indexOf('a') >= 0 || who.indexOf(letter) >= 0;
        }

        private int value(int bits, FileShape shape) {
            int triad = triad(bits, shape);
            boolean setId = permissions.indexOf('s') >= 0;
            boolean sticky = permissions.indexOf('t') >= 0;
            int value = 0;
            if (concerns('u')) {
                value |= triad << 6 | (setId ? 04000 : 0);
            }
            if (concerns('g')) {
                value |= triad << 3 | (setId ? 02000 : 0);
            }
            if (concerns('o')) {
                value |= triad | (sticky ? 01000 : 0);
            }
            return value;
        }

        private int triad(int bits, FileShape shape) {
            int triad = 0;
            for (int i = 0; i < permissions.length(); i++) {
                triad |= triad(permissions.charAt(i), bits, shape);
            }
            return triad;
        }

        private static int triad(char letter, int bits, FileShape shape) {
            return switch (letter) {
                case 'r' -> 4;
                case 'w' -> 2;
                case 'x' -> 1;
                case 'X' -> shape == FileShape.DIRECTORY || (bits & 0111) != 0 ? 1 : 0;
                case 'u' -> bits >> 6 & 7;
                case 'g' -> bits >> 3 & 7;
                case 'o' -> bits & 7;
                default -> 0;
            };
        }

        /** What {@code =} takes away before it sets. */
        private int cleared(FileShape shape) {
            int cleared =
                    (concerns('u') ? 04700 : 0)
                            | (concerns('g') ? 02070 : 0)
                            | (concerns('o') ? 01007 : 0);
            boolean keepsSetIds = shape == FileShape.DIRECTORY && permissions.indexOf('s') < 0;
            return keepsSetIds ? cleared & ~SET_IDS : cleared;
        }
    }
}
