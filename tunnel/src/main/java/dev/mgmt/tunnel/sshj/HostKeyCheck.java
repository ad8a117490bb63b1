package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HostKeyChanged;
import dev.mgmt.tunnel.TunnelException.HostKeyUnknown;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.Certificate;
import dev.mgmt.tunnel.identity.HostKey;
import dev.mgmt.tunnel.identity.HostKeyBook;
import dev.mgmt.tunnel.identity.HostKeyVerdict;
import dev.mgmt.tunnel.identity.HostName;
import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.identity.SshReader.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the library's question, whether a host key is right, to known_hosts. The signature over the
 * exchange has been checked when it asks. It asks again at every later key exchange.
 *
 * <p>A certificate is good if known_hosts names its authority for this host and nothing is wrong
 * with it; otherwise the key in it is looked at like any other. A certificate of a trusted
 * authority that does not hold is never a reason to write a key down.
 */
final class HostKeyCheck implements HostKeyVerifier {
    private final Target target;
    private final HostKeyBook book;
    private final HostKeyQuestion question;
    private final HostName host;
    private volatile byte[] shown = {};
    private volatile @Nullable HostKey accepted;
    private volatile @Nullable TunnelException refusal;

    HostKeyCheck(Target target, HostKeyBook book, KeyRing ring, Countdown countdown) {
        this.target = target;
        this.book = book;
        this.host = target.trust().nameOf(target.address(), target.port());
        this.question = new HostKeyQuestion(target, ring, countdown);
    }

    /**
     * What the host should be asked to show.
     *
     * @param certified whether a certificate would be of use
     * @param algorithms of the keys that are listed for it
     */
    record Wanted(boolean certified, Set<String> algorithms) {}

    Wanted wanted() {
        Set<String> algorithms = new HashSet<>();
        try {
            for (String type : book.keyTypes(target.knownHosts(), host)) {
                if (type.equals(KeyType.RSA.toString())) {
                    algorithms.add(Algorithms.RSA_SHA512);
                    algorithms.add(Algorithms.RSA_SHA256);
                } else {
                    algorithms.add(type);
                }
            }
            return new Wanted(book.hasAuthority(target.knownHosts(), host), algorithms);
        } catch (IOException e) {
            // The check itself will meet the same file, and say what is wrong with it.
            return new Wanted(false, Set.of());
        }
    }

    /** The host key as the host sent it; comes before the library's question. */
    void shown(byte[] blob) {
        shown = blob;
    }

    /** Why the key was refused, once it was. */
    Optional<TunnelException> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        HostKey seen = HostKey.of(KeyType.fromKey(key).toString(), shown);
        if (seen.equals(accepted)) {
            return true;
        }
        refusal = judge();
        if (refusal == null) {
            accepted = seen;
        }
        return refusal == null;
    }

    private @Nullable TunnelException judge() {
        try {
            PublicBlob blob = PublicBlob.of(shown);
            return blob.isCertificate()
                    ? certified(blob, Certificate.parse(blob.bytes()))
                    : plain(hostKey(blob), Optional.empty());
        } catch (Malformed e) {
            return new TunnelException.HandshakeFailed(
                    says("its host key is malformed: " + e.getMessage()), e);
        }
    }

    // --- certificates -------------------------------------------------------------------------

    private @Nullable TunnelException certified(PublicBlob blob, Certificate certificate) {
        HostKey key = hostKey(certificate.key());
        HostKey authority = hostKey(certificate.authority());
        try {
            return switch (book.checkAuthority(
                    target.knownHosts(), host, authority, List.of(key, hostKey(blob)))) {
                case HostKeyVerdict.Revoked(Path file, int line) -> revoked(key, file, line);
                case HostKeyVerdict.Known _ -> {
                    Optional<String> flaw = flaw(certificate);
                    yield flaw.isEmpty()
                            ? null
                            : plain(
                                    key,
                                    Optional.of(
                                            "its certificate \"%s\" by %s %s"
                                                    .formatted(
                                                            certificate.id(),
                                                            authority.fingerprint(),
                                                            flaw.get())));
                }
                case HostKeyVerdict.Unknown _, HostKeyVerdict.Changed _ ->
                        plain(key, Optional.empty());
            };
        } catch (IOException e) {
            return uncheckable(key, e);
        }
    }

    private Optional<String> flaw(Certificate certificate) {
        return certificate
                .flaw(host.host(), Instant.now())
                .or(
                        () ->
                                CertificateSignature.isGood(certificate)
                                        ? Optional.empty()
                                        : Optional.of(
                                                "has a signature that is not its authority's"));
    }

    // --- plain keys ---------------------------------------------------------------------------

    /**
     * @param flaw of the certificate that would have made the key good
     */
    private @Nullable TunnelException plain(HostKey key, Optional<String> flaw) {
        try {
            return switch (book.check(target.knownHosts(), host, key)) {
                case HostKeyVerdict.Known _ -> null;
                case HostKeyVerdict.Changed(Path file, int line) -> changed(key, file, line);
                case HostKeyVerdict.Revoked(Path file, int line) -> revoked(key, file, line);
                case HostKeyVerdict.Unknown _ ->
                        flaw.isPresent() ? refused(key, flaw.get()) : unknown(key);
            };
        } catch (IOException e) {
            return uncheckable(key, e);
        }
    }

    private @Nullable TunnelException unknown(HostKey key) throws IOException {
        Optional<Path> growing = target.trust().growing();
        return switch (target.hostKeyPolicy()) {
            case STRICT -> notListed(key);
            case ACCEPT_NEW -> growing.isEmpty() ? notListed(key) : accept(growing.get(), key);
            case ASK -> asked(key);
        };
    }

    private @Nullable TunnelException asked(HostKey key) throws IOException {
        Optional<Path> growing = target.trust().growing();
        HostKeyQuestion.Answer answer = question.ask(key, memory(growing, key));
        return switch (answer) {
            case HostKeyQuestion.Answer.Yes _ ->
                    growing.isEmpty() ? null : accept(growing.get(), key);
            case HostKeyQuestion.Answer.No(String why) ->
                    refused(key, unlisted(key) + ", and " + why);
        };
    }

    private HostKeyQuestion.Memory memory(Optional<Path> growing, HostKey key) {
        return new HostKeyQuestion.Memory() {
            @Override
            public boolean isKnown() throws IOException {
                return book.check(target.knownHosts(), host, key) instanceof HostKeyVerdict.Known;
            }

            @Override
            public void remember() throws IOException {
                if (growing.isPresent()) {
                    var _ = book.accept(growing.get(), host, key, target.trust().names());
                }
            }
        };
    }

    private @Nullable TunnelException accept(Path file, HostKey key) throws IOException {
        return switch (book.accept(file, host, key, target.trust().names())) {
            case HostKeyVerdict.Known _ -> null;
            case HostKeyVerdict.Changed(Path where, int line) -> changed(key, where, line);
            case HostKeyVerdict.Revoked(Path where, int line) -> revoked(key, where, line);
            case HostKeyVerdict.Unknown _ -> notListed(key);
        };
    }

    // --- words --------------------------------------------------------------------------------

    private static HostKey hostKey(PublicBlob blob) {
        return new HostKey(blob.type(), blob.base64());
    }

    private static String unlisted(HostKey key) {
        return "no known_hosts file lists its " + key.type() + " key " + key.fingerprint();
    }

    private TunnelException notListed(HostKey key) {
        return refused(key, unlisted(key));
    }

    private TunnelException refused(HostKey key, String why) {
        return new HostKeyUnknown(says(why), key.fingerprint(), host.line(key));
    }

    private TunnelException uncheckable(HostKey key, IOException e) {
        return refused(key, "its host key " + key.fingerprint() + " cannot be checked: " + e);
    }

    private TunnelException changed(HostKey key, Path file, int line) {
        return new HostKeyChanged(
                says(
                        "it shows the %s key %s, but %s:%d lists another"
                                .formatted(key.type(), key.fingerprint(), file, line)),
                key.fingerprint(),
                file,
                line);
    }

    private TunnelException revoked(HostKey key, Path file, int line) {
        return new HostKeyChanged(
                says(
                        "it shows the %s key %s, which %s:%d marks as revoked"
                                .formatted(key.type(), key.fingerprint(), file, line)),
                key.fingerprint(),
                file,
                line);
    }

    private String says(String what) {
        return Wire.text(target.address(), target.port()) + ": " + what;
    }

    /** The order of what is offered says it already. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return List.of();
    }
}
