package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.TunnelException;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;

/** Refuses host keys that are too small to prove anything, and leaves the rest to the book. */
final class HostKeySize implements HostKeyVerifier {
    private final Target target;
    private final HostKeyCheck check;
    private volatile int tooSmall;

    HostKeySize(Target target, HostKeyCheck check) {
        this.target = target;
        this.check = check;
    }

    Optional<TunnelException> refusal() {
        return tooSmall == 0
                ? check.refusal()
                : Optional.of(
                        new TunnelException.HandshakeFailed(
                                "%s: its RSA host key has %d bits, and ssh_config asks for %d"
                                        .formatted(
                                                target.where(),
                                                tooSmall,
                                                target.limits().smallestRsaKey()),
                                null));
    }

    @Override
    public boolean verify(String hostname, int port, PublicKey key) {
        PublicKey bare = key instanceof Certificate<?> shown ? shown.getKey() : key;
        if (bare instanceof RSAKey rsa
                && rsa.getModulus().bitLength() < target.limits().smallestRsaKey()) {
            tooSmall = rsa.getModulus().bitLength();
            return false;
        }
        return check.verify(hostname, port, key);
    }

    @Override
    public List<String> findExistingAlgorithms(String hostname, int port) {
        return check.findExistingAlgorithms(hostname, port);
    }
}
