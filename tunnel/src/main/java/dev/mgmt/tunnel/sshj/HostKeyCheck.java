package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import dev.mgmt.tunnel.TunnelException.HostKeyChanged;
import dev.mgmt.tunnel.TunnelException.HostKeyUnknown;
import dev.mgmt.tunnel.identity.HostKey;
import dev.mgmt.tunnel.identity.HostKeyBook;
import dev.mgmt.tunnel.identity.HostKeyVerdict;
import dev.mgmt.tunnel.identity.HostName;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the library's question, whether a host key is right, to known_hosts. The signature over the
 * exchange has been checked when it asks. It asks again at every later key exchange.
 */
final class HostKeyCheck implements HostKeyVerifier {
    private final Target target;
    private final HostKeyBook book;
    private final HostName host;
    private volatile @Nullable HostKey accepted;
    private volatile @Nullable TunnelException refusal;

    HostKeyCheck(Target target, HostKeyBook book) {
        this.target = target;
        this.book = book;
        this.host = target.trust().nameOf(target.address(), target.port());
    }

    /** Why the key was refused, once it was. */
    Optional<TunnelException> refusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        byte[] blob = new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
        HostKey shown = HostKey.of(KeyType.fromKey(key).toString(), blob);
        if (shown.equals(accepted)) {
            return true;
        }
        refusal = judge(shown);
        if (refusal == null) {
            accepted = shown;
        }
        return refusal == null;
    }

    private @Nullable TunnelException judge(HostKey key) {
        try {
            return switch (book.check(target.knownHosts(), host, key)) {
                case HostKeyVerdict.Known _ -> null;
                case HostKeyVerdict.Changed(Path file, int line) -> changed(key, file, line);
                case HostKeyVerdict.Revoked(Path file, int line) -> revoked(key, file, line);
                case HostKeyVerdict.Unknown _ -> unknown(key);
            };
        } catch (IOException e) {
            return new HostKeyUnknown(
                    says("its host key " + key.fingerprint() + " cannot be checked: " + e),
                    key.fingerprint(),
                    host.line(key));
        }
    }

    private @Nullable TunnelException unknown(HostKey key) throws IOException {
        return switch (target.hostKeyPolicy()) {
            case STRICT -> notListed(key);
            case ACCEPT_NEW -> {
                Optional<Path> growing = target.trust().growing();
                yield growing.isEmpty() ? notListed(key) : accept(growing.get(), key);
            }
        };
    }

    private @Nullable TunnelException accept(Path file, HostKey key) throws IOException {
        return switch (book.accept(file, host, key)) {
            case HostKeyVerdict.Known _ -> null;
            case HostKeyVerdict.Changed(Path where, int line) -> changed(key, where, line);
            case HostKeyVerdict.Revoked(Path where, int line) -> revoked(key, where, line);
            case HostKeyVerdict.Unknown _ -> notListed(key);
        };
    }

    private TunnelException notListed(HostKey key) {
        return new HostKeyUnknown(
                says("no known_hosts file lists its " + key.type() + " key " + key.fingerprint()),
                key.fingerprint(),
                host.line(key));
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

    /** Asks for the types known_hosts lists, so that a host with several keys shows a known one. */
    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        List<String> algorithms = new ArrayList<>();
        try {
            for (String type : book.keyTypes(target.knownHosts(), host)) {
                if (type.equals(KeyType.RSA.toString())) {
                    algorithms.add(Algorithms.RSA_SHA512);
                    algorithms.add(Algorithms.RSA_SHA256);
                } else {
                    algorithms.add(type);
                }
            }
        } catch (IOException e) {
            // The check itself will meet the same file, and say what is wrong with it.
            return List.of();
        }
        return algorithms;
    }
}
