package dev.mgmt.tunnel.sshj;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Undoes OpenSSL's old PEM encryption (RFC 1421 headers, key from EVP_BytesToKey with MD5), which
 * {@code ssh-keygen -m PEM} still writes. The library would load a second cryptography provider for
 * it.
 */
final class OldPem {
    private static final Pattern DEK_INFO =
            Pattern.compile("^DEK-Info: ([A-Z0-9-]+),([A-Fa-f0-9]+)\\s*$", Pattern.MULTILINE);
    private static final int SALT = 8;

    private OldPem() {}

    private record Scheme(String transformation, String key, int keyLength) {}

    /** The same key without encryption. */
    static String decrypt(String pem, byte[] passphrase) throws UnusableKey {
        Matcher info = DEK_INFO.matcher(pem);
        if (!info.find()) {
            throw new UnusableKey("is malformed: it is encrypted, but does not say how");
        }
        Scheme scheme = scheme(info.group(1));
        try {
            byte[] iv = HexFormat.of().parseHex(info.group(2));
            byte[] key = key(passphrase, Arrays.copyOf(iv, SALT), scheme.keyLength());
            Cipher cipher = Cipher.getInstance(scheme.transformation());
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key, scheme.key()),
                    new IvParameterSpec(iv));
            byte[] plain = cipher.doFinal(body(pem));
            Arrays.fill(key, (byte) 0);
            return rewrapped(pem, plain);
        } catch (BadPaddingException e) {
            throw new UnusableKey("does not open with this passphrase");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableKey("is malformed: " + e.getMessage());
        }
    }

    private static Scheme scheme(String name) throws UnusableKey {
        return switch (name) {
            case "AES-128-CBC" -> new Scheme("AES/CBC/PKCS5Padding", "AES", 16);
            case "AES-192-CBC" -> new Scheme("AES/CBC/PKCS5Padding", "AES", 24);
            case "AES-256-CBC" -> new Scheme("AES/CBC/PKCS5Padding", "AES", 32);
            case "DES-EDE3-CBC" -> new Scheme("DESede/CBC/PKCS5Padding", "DESede", 24);
            case String other ->
                    throw new UnusableKey(
                            "is encrypted with " + other + ", which is not supported");
        };
    }

    private static byte[] key(byte[] passphrase, byte[] salt, int length)
            throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0; done < length; done += block.length) {
            md5.update(block);
            md5.update(passphrase);
            block = md5.digest(salt);
            System.arraycopy(block, 0, key, done, Math.min(block.length, length - done));
        }
        return key;
    }

    private static byte[] body(String pem) {
        StringBuilder base64 = new StringBuilder();
        for (String line : pem.lines().toList()) {
            if (!line.startsWith("-----") && line.indexOf(':') < 0) {
                base64.append(line.strip());
            } else if (line.startsWith("-----END")) {
                break;
            }
        }
        return Base64.getDecoder().decode(base64.toString());
    }

    private static String rewrapped(String pem, byte[] plain) {
        List<String> rails = pem.lines().filter(line -> line.startsWith("-----")).toList();
        String body =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(plain);
        Arrays.fill(plain, (byte) 0);
        return rails.get(0) + "\n" + body + "\n" + rails.get(1) + "\n";
    }
}
