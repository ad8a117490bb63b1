package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.kind.augeas.AugeasResource.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Paths in Augeas' tree, and how they stand in commands. */
final class TreePath {
    private static final String FILES = "/files";

    /** Those that mean something else than themselves in a path expression. */
    private static final String SPECIAL = "][|/=()!, \t\\";

    /** Before these a command keeps a backslash for the path expression to read. */
    private static final String KEPT = "][|/=()!,";

    /** A name that is no expression, such as {@code *} or {@code Host[1]}. */
    private static final Pattern NAME = Pattern.compile("[^]\\[|=()!,*\\\\\"']+");

    private TreePath() {}

    /** Where a setting is in the whole tree. */
    static String of(Optional<Target> target, Setting setting) {
        String path = setting.path();
        if (target.isPresent()) {
            return of(target.get().file()) + "/" + path;
        }
        String below = path.startsWith(FILES + "/") ? path.substring(FILES.length()) : path;
        return FILES + (below.startsWith("/") ? "" : "/") + below;
    }

    /** Where the contents of a file are. */
    static String of(Path file) {
        StringBuilder path = new StringBuilder(FILES);
        for (Path name : file) {
            path.append('/');
            name.toString()
                    .chars()
                    .forEach(
                            c -> {
                                if (SPECIAL.indexOf(c) >= 0) {
                                    path.append('\\');
                                }
                                path.append((char) c);
                            });
        }
        return path.toString();
    }

    /**
     * The paths of the host, one in the other, that this path of the tree begins with: one of them
     * is the file.
     */
    static List<Path> candidates(String path) {
        List<Path> candidates = new ArrayList<>();
        Path longest = Path.of("/");
        for (String name : path.substring(FILES.length() + 1).split("/", -1)) {
            if (!NAME.matcher(name).matches()) {
                break;
            }
            longest = longest.resolve(name);
            candidates.add(longest);
        }
        return candidates;
    }

    /** As a word of a command. */
    static String quoted(String path) {
        StringBuilder word = new StringBuilder("\"");
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean kept = i + 1 < path.length() && KEPT.indexOf(path.charAt(i + 1)) >= 0;
            if (c == '\\' && kept) {
                word.append(c).append(path.charAt(++i));
            } else {
                word.append(c == '\\' || c == '"' ? "\\" : "").append(c);
            }
        }
        return word.append('"').toString();
    }

    /** A pattern that only this file's path matches. */
    static String pattern(Path file) {
        return file.toString().replaceAll("[*?\\[\\]\\\\]", "\\\\$0");
    }
}
