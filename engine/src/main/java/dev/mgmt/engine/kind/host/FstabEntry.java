package dev.mgmt.engine.kind.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A line of fstab(5) that mounts something, unescaped. */
record FstabEntry(String device, String point, String type, String options, int freq, int passno) {
    private static final Pattern SECRET = Pattern.compile("\\b(pass|password)=[^,]*");

    static FstabEntry of(MountResource resource) {
        return new FstabEntry(
                resource.device(),
                resource.point().toString(),
                resource.type(),
                resource.optionText(),
                resource.freq(),
                resource.passno());
    }

    /** Empty for a comment, an empty line, or what mount(8) would not read either. */
    static Optional<FstabEntry> of(String line) {
        List<String> words = List.of(line.strip().split("[ \t]+", -1));
        if (words.size() < 3 || words.getFirst().startsWith("#")) {
            return Optional.empty();
        }
        return Optional.of(
                new FstabEntry(
                        unescaped(words.get(0)),
                        unescaped(words.get(1)),
                        words.get(2),
                        words.size() > 3 ? unescaped(words.get(3)) : "defaults",
                        number(words, 4),
                        number(words, 5)));
    }

    private static int number(List<String> words, int index) {
        return words.size() > index && words.get(index).matches("[0-9]")
                ? Integer.parseInt(words.get(index))
                : 0;
    }

    boolean isAt(Path path) {
        return point.startsWith("/") && Path.of(point).normalize().equals(path);
    }

    String line() {
        return String.join(
                " ",
                escaped(device),
                escaped(point),
                type,
                escaped(options),
                Integer.toString(freq),
                Integer.toString(passno));
    }

    /** For people; a line of somebody else's may have a password in it. */
    String shown() {
        return device + " " + type + " " + SECRET.matcher(options).replaceAll("$1=…");
    }

    static String unescaped(String word) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            boolean octal = word.charAt(i) == '\\' && i + 3 < word.length();
            if (octal && word.substring(i + 1, i + 4).matches("[0-3][0-7]{2}")) {
                text.append((char) Integer.parseInt(word.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(word.charAt(i));
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\134").replace(" ", "\\040").replace("#", "\\043");
    }
}
