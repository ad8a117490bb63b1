package dev.mgmt.engine.kind.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What identifies a file's content.
 *
 * @param hex lower case
 */
record Digest(Algorithm algorithm, String hex) {
    private static final Pattern SYNTAX = Pattern.compile("(?:([A-Za-z0-9]+):)?([0-9A-Fa-f]+)");

    /** Those that nobody can make a second file for. */
    enum Algorithm {
        SHA256("SHA-256", 64),
        SHA512("SHA-512", 128);

        private final String javaName;
        private final int digits;

        Algorithm(String javaName, int digits) {
            this.javaName = javaName;
            this.digits = digits;
        }

        MessageDigest begin() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + javaName, e);
            }
        }
    }

    /** Of {@code sha256:} or {@code sha512:} and hexadecimal digits; without a word SHA-256. */
    static Optional<Digest> parse(String text) {
        Matcher syntax = SYNTAX.matcher(text);
        if (!syntax.matches()) {
            return Optional.empty();
        }
        String word = syntax.group(1) == null ? "sha256" : syntax.group(1);
        String hex = syntax.group(2).toLowerCase(Locale.ROOT);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.name().equalsIgnoreCase(word) && algorithm.digits == hex.length()) {
                return Optional.of(new Digest(algorithm, hex));
            }
        }
        return Optional.empty();
    }

    static Digest of(Algorithm algorithm, MessageDigest finished) {
        return new Digest(algorithm, HexFormat.of().formatHex(finished.digest()));
    }

    /** The digest that a file has, by the same algorithm. */
    Digest ofFile(Path path) throws IOException, InterruptedException {
        MessageDigest digest = algorithm.begin();
        byte[] block = new byte[1 << 16];
        try (InputStream from = Files.newInputStream(path)) {
            for (int read = from.read(block); read >= 0; read = from.read(block)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                digest.update(block, 0, read);
            }
        }
        return of(algorithm, digest);
    }

    /** As it stands in graph files. */
    @Override
    public String toString() {
        return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hex;
    }
}
