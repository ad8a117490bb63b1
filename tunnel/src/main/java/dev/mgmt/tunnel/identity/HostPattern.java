package dev.mgmt.tunnel.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The first field of a known_hosts line: which hosts it is about. */
sealed interface HostPattern {
    boolean matches(Subject subject);

    /** A host that is looked up, with what is dear to make kept between lines. */
    final class Subject {
        private final String name;
        private @Nullable Mac mac;

        Subject(String name) {
            this.name = name;
        }

        private byte[] hmac(byte[] salt) {
            try {
                if (mac == null) {
                    mac = Mac.getInstance("HmacSHA1");
                }
                mac.init(new SecretKeySpec(salt, "HmacSHA1"));
                return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has HmacSHA1", e);
            }
        }
    }

    /** Plain names only, found without looking at every line. */
    record Names(List<String> names) implements HostPattern {
        @Override
        public boolean matches(Subject subject) {
            return names.contains(subject.name);
        }
    }

    /** At least one wildcard or negation; a negated match rules the whole line out. */
    record Wildcards(List<String> wanted, List<String> unwanted) implements HostPattern {
        @Override
        public boolean matches(Subject subject) {
            return wanted.stream().anyMatch(p -> glob(p, subject.name))
                    && unwanted.stream().noneMatch(p -> glob(p, subject.name));
        }
    }

    /** {@code |1|salt|hash}: HMAC-SHA1 of one name. */
    final class Hashed implements HostPattern {
        /** As many octets as the hash has. */
        private static final int SALT = 20;

        private final byte[] salt;
        private final byte[] hash;

        Hashed(byte[] salt, byte[] hash) {
            this.salt = salt.clone();
            this.hash = hash.clone();
        }

        /** A name as it is written under a salt of its own. */
        static String fresh(String name) {
            byte[] salt = new byte[SALT];
            new SecureRandom().nextBytes(salt);
            Base64.Encoder encoder = Base64.getEncoder();
            return "|1|"
                    + encoder.encodeToString(salt)
                    + "|"
                    + encoder.encodeToString(new Subject(name).hmac(salt));
        }

        @Override
        public boolean matches(Subject subject) {
            return MessageDigest.isEqual(hash, subject.hmac(salt));
        }
    }

    /**
     * @param field in lower case, for names
     * @param written as it stands in the file, for hashes, which know case
     */
    static Optional<HostPattern> parse(String field, String written) {
        if (written.startsWith("|")) {
            return hashed(written);
        }
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (String pattern : Arrays.asList(field.split(",", -1))) {
            if (pattern.startsWith("!")) {
                unwanted.add(pattern.substring(1));
            } else if (!pattern.isEmpty()) {
                wanted.add(pattern);
            }
        }
        boolean plain = unwanted.isEmpty() && field.indexOf('*') < 0 && field.indexOf('?') < 0;
        return Optional.of(
                plain
                        ? new Names(List.copyOf(wanted))
                        : new Wildcards(List.copyOf(wanted), List.copyOf(unwanted)));
    }

    private static Optional<HostPattern> hashed(String written) {
        String[] parts = written.split("\\|", -1);
        if (parts.length != 4 || !parts[1].equals("1")) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            byte[] salt = decoder.decode(parts[2]);
            return salt.length == 0
                    ? Optional.empty()
                    : Optional.of(new Hashed(salt, decoder.decode(parts[3])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code *} and {@code ?} only; linear, as it goes back to the last star and no further. */
    static boolean glob(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && fits(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean fits(char pattern, char c) {
        return pattern == '?' || pattern == c;
    }
}
