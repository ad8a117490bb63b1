package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.key.KeyAlgorithms;
import dev.mgmt.tunnel.identity.Certificate;
import dev.mgmt.tunnel.identity.SshReader;
import java.security.PublicKey;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;

/** Whether an authority signed what a certificate says. */
final class CertificateSignature {
    private CertificateSignature() {}

    static boolean isGood(Certificate certificate) {
        try {
            PublicKey authority =
                    new Buffer.PlainBuffer(certificate.authority().bytes()).readPublicKey();
            byte[] signature = certificate.signature();
            Optional<KeyAlgorithms.Factory> algorithm =
                    SignatureKinds.checking(authority, new SshReader(signature).text());
            if (algorithm.isEmpty()) {
                return false;
            }
            Signature verifier = algorithm.get().create().newSignature();
            verifier.initVerify(authority);
            verifier.update(certificate.signed());
            return verifier.verify(signature);
        } catch (Buffer.BufferException | SshReader.Malformed | SSHRuntimeException e) {
            // A signature or a key that cannot be read proves nothing.
            return false;
        }
    }
}
