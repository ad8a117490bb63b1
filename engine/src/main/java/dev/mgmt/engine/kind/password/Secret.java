package dev.mgmt.engine.kind.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A password with what it was made from.
 *
 * @param text the password itself: never to be shown
 */
record Secret(int length, String charset, String text) {
    /**
     * Every character is as likely as any other, whatever their number: the generator sees to it.
     */
    static Secret make(PasswordResource resource, RandomGenerator random) {
        int[] characters = resource.charset().codePoints().toArray();
        StringBuilder text = new StringBuilder(resource.length());
        for (int i = 0; i < resource.length(); i++) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return new Secret(resource.length(), resource.charset(), text.toString());
    }

    boolean fits(PasswordResource resource) {
        return length == resource.length() && charset.equals(resource.charset());
    }

    /** What is saved: a digest over the rest, which tells damage. No part has a line end in it. */
    String saved() {
        String body = length + "\n" + charset + "\n" + text;
        return digest(body) + "\n" + body;
    }

    /** Empty if this is not what {@link #saved} once gave. */
    static Optional<Secret> read(String saved) {
        String[] parts = saved.split("\n", 2);
        if (parts.length < 2 || !digest(parts[1]).equals(parts[0])) {
            return Optional.empty();
        }
        String[] body = parts[1].split("\n", 3);
        return Optional.of(new Secret(Integer.parseInt(body[0]), body[1], body[2]));
    }

    private static String digest(String body) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Not the password. */
    @Override
    public String toString() {
        return "a secret of " + length + " characters";
    }
}
