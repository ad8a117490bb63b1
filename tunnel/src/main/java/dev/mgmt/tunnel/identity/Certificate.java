package dev.mgmt.tunnel.identity;

import dev.mgmt.tunnel.identity.SshReader.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An OpenSSH certificate (PROTOCOL.certkeys of OpenSSH): a key, for whom and when it holds, and the
 * signature of an authority over that. Read only; the signature is checked by whoever can.
 */
public final class Certificate {
    static final String SUFFIX = "-cert-v01@openssh.com";
    private static final int HOST = 2;
    private static final int MANY = 256;

    private final PublicBlob key;
    private final long kind;
    private final String id;
    private final List<String> principals;
    private final long validAfter;
    private final long validBefore;
    private final List<String> criticalOptions;
    private final PublicBlob authority;
    private final byte[] signed;
    private final byte[] signature;

    private Certificate(byte[] blob) throws Malformed {
        SshReader in = new SshReader(blob);
        String type = in.text();
        in.string();
        key = key(type, in);
        in.uint64();
        kind = in.uint32();
        id = in.text();
        principals = texts(in.string(), Pairs.NO);
        validAfter = in.uint64();
        validBefore = in.uint64();
        criticalOptions = texts(in.string(), Pairs.YES);
        in.string();
        in.string();
        authority = PublicBlob.of(in.string());
        signed = Arrays.copyOf(blob, in.position());
        signature = in.string();
        if (in.remaining() > 0) {
            throw new Malformed("something follows the signature");
        }
        if (authority.isCertificate()) {
            throw new Malformed("its authority is a certificate itself");
        }
    }

    private enum Pairs {
        NO,
        YES
    }

    public static Certificate parse(byte[] blob) throws Malformed {
        return new Certificate(blob);
    }

    /** The type of the key that a certificate of this type is about. */
    static String plain(String type) throws Malformed {
        if (!type.endsWith(SUFFIX)) {
            throw new Malformed(type + " is no certificate");
        }
        String bare = type.substring(0, type.length() - SUFFIX.length());
        return bare.startsWith("sk-") ? bare + "@openssh.com" : bare;
    }

    /** The fields of the key stand between nonce and serial, as they do in the key's own blob. */
    private static PublicBlob key(String type, SshReader in) throws Malformed {
        String plain = plain(type);
        int fields =
                switch (plain) {
                    case "ssh-ed25519" -> 1;
                    case "ssh-rsa", "sk-ssh-ed25519@openssh.com" -> 2;
                    case "sk-ecdsa-sha2-nistp256@openssh.com" -> 3;
                    case String other when other.startsWith("ecdsa-sha2-nistp") -> 2;
                    case String other -> throw new Malformed("keys of type " + other);
                };
        SshWriter blob = new SshWriter().text(plain);
        for (int i = 0; i < fields; i++) {
            blob.string(in.string());
        }
        return PublicBlob.of(blob.bytes());
    }

    private static List<String> texts(byte[] packed, Pairs pairs) throws Malformed {
        SshReader in = new SshReader(packed);
        List<String> texts = new ArrayList<>();
        while (in.remaining() > 0) {
            texts.add(in.text());
            if (pairs == Pairs.YES) {
                in.string();
            }
            if (texts.size() > MANY) {
                throw new Malformed("too many entries");
            }
        }
        return List.copyOf(texts);
    }

    /** The key that is certified, without its certificate. */
    public PublicBlob key() {
        return key;
    }

    /** What the authority calls it. */
    public String id() {
        return id;
    }

    public PublicBlob authority() {
        return authority;
    }

    /** What the signature is over. */
    public byte[] signed() {
        return signed.clone();
    }

    public byte[] signature() {
        return signature.clone();
    }

    /**
     * What is wrong with it as a proof that a host of this name is meant, but for the signature.
     * Principals may have wildcards, and none at all means no host: OpenSSH 10.3's rules, of which
     * older ones were laxer.
     *
     * @param host in lower case
     */
    public Optional<String> flaw(String host, Instant now) {
        if (kind != HOST) {
            return Optional.of("is not a host's");
        }
        if (Long.compareUnsigned(now.getEpochSecond(), validAfter) < 0) {
            return Optional.of("is not valid before " + date(validAfter));
        }
        if (Long.compareUnsigned(now.getEpochSecond(), validBefore) >= 0) {
            return Optional.of("expired on " + date(validBefore));
        }
        if (!criticalOptions.isEmpty()) {
            return Optional.of("has critical options: " + String.join(", ", criticalOptions));
        }
        if (principals.stream().noneMatch(each -> HostPattern.glob(each, host))) {
            return Optional.of(
                    "is for " + (principals.isEmpty() ? "no host" : String.join(", ", principals)));
        }
        return signatureFlaw();
    }

    /** SHA-1 signatures by RSA authorities can be forged. */
    private Optional<String> signatureFlaw() {
        try {
            String algorithm = new SshReader(signature).text();
            List<String> fitting =
                    authority.type().equals("ssh-rsa")
                            ? List.of("rsa-sha2-512", "rsa-sha2-256")
                            : List.of(authority.type());
            return fitting.contains(algorithm)
                    ? Optional.empty()
                    : Optional.of(
                            "is signed with " + algorithm + " by a " + authority.type() + " key");
        } catch (Malformed e) {
            return Optional.of("has a signature that is " + e.getMessage());
        }
    }

    private static String date(long seconds) {
        long latest = Instant.MAX.getEpochSecond();
        return Long.compareUnsigned(seconds, latest) > 0
                ? "never"
                : Instant.ofEpochSecond(seconds).toString();
    }
}
