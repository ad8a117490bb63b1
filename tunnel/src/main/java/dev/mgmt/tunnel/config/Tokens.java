package dev.mgmt.tunnel.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what the client leaves in its answer: {@code %h} and its like, <code>${NAME}</code>, and
 * a tilde at the start (ssh_config(5), "TOKENS" and "ENVIRONMENT VARIABLES").
 */
final class Tokens {
    private final Map<Character, String> tokens = new HashMap<>();
    private final Function<String, @Nullable String> environment;
    private final String home;

    /**
     * @param home of this user, as the system knows it
     */
    Tokens(String home, Function<String, @Nullable String> environment) {
        this.home = home;
        this.environment = environment;
        tokens.put('%', "%");
        tokens.put('d', home);
        tokens.put('u', System.getProperty("user.name"));
        uid().ifPresent(id -> tokens.put('i', id));
        hostName().ifPresent(this::putHostName);
    }

    Tokens with(char token, String value) {
        tokens.put(token, value);
        return this;
    }

    private void putHostName(String name) {
        tokens.put('l', name);
        tokens.put('L', name.split("\\.", 2)[0]);
    }

    private static Optional<String> uid() {
        try {
            return Optional.of(
                    String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hostName() {
        try {
            return Optional.of(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Empty where something in it is not known. */
    Optional<String> fill(String text) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = text.indexOf('}', at);
            boolean variable = text.startsWith("${", at) && end > 0;
            String part;
            if (variable) {
                part = environment.apply(text.substring(at + 2, end));
                at = end + 1;
            } else if (c == '%') {
                part = at + 1 < text.length() ? tokens.get(text.charAt(at + 1)) : null;
                at += 2;
            } else {
                part = String.valueOf(c);
                at++;
            }
            if (part == null) {
                return Optional.empty();
            }
            filled.append(part);
        }
        return Optional.of(filled.toString());
    }

    /** A file's name. Other users' homes are not known. */
    Optional<Path> path(String text) {
        String rooted = text.equals("~") || text.startsWith("~/") ? "%d" + text.substring(1) : text;
        return fill(rooted).filter(name -> !name.startsWith("~")).map(Path::of);
    }

    String home() {
        return home;
    }
}
