package dev.mgmt.engine.kind.account;

import java.util.Optional;

/**
 * A line of {@code authorized_keys} that has a key.
 *
 * @param options what the key may do; may be empty
 * @param comment may be empty
 */
record KeyLine(String options, String type, String blob, String comment) {
    /** Empty for what is no key: a comment, an empty line, or something sshd would skip. */
    static Optional<KeyLine> of(String line) {
        String rest = line.strip();
        if (rest.isEmpty() || rest.startsWith("#")) {
            return Optional.empty();
        }
        String options = "";
        if (!PublicKey.isType(word(rest))) {
            int end = endOfOptions(rest);
            if (end < 0) {
                return Optional.empty();
            }
            options = rest.substring(0, end);
            rest = rest.substring(options.length()).strip();
        }
        String type = word(rest);
        rest = rest.substring(type.length()).strip();
        String blob = word(rest);
        String comment = rest.substring(blob.length()).strip();
        return blob.isEmpty() || !PublicKey.isType(type)
                ? Optional.empty()
                : Optional.of(new KeyLine(options, type, blob, comment));
    }

    boolean holds(PublicKey key) {
        return type.equals(key.type()) && blob.equals(key.blob());
    }

    /** The line as sshd reads it. */
    String text() {
        String start = options.isEmpty() ? "" : options + " ";
        String end = comment.isEmpty() ? "" : " " + comment;
        return start + type + " " + blob + end;
    }

    /** Where options end: at the first blank not within double quotes; -1 if those stay open. */
    static int endOfOptions(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                return i;
            }
        }
        return quoted ? -1 : text.length();
    }

    private static String word(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\t') {
            end++;
        }
        return text.substring(0, end);
    }
}
