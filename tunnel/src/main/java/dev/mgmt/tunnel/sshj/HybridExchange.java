package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.digest.Digest;
import net.schmizz.sshj.transport.digest.SHA256;
import net.schmizz.sshj.transport.digest.SHA512;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.kex.KeyExchangeBase;
import org.jspecify.annotations.Nullable;

/**
 * A key exchange that stands as long as either of its halves does, X25519 or a post-quantum key
 * encapsulation: draft-ietf-sshm-mlkem-hybrid-kex, draft-ietf-sshm-ntruprime-ssh. Both sides' parts
 * travel joined in one string each, the encapsulation's first.
 */
final class HybridExchange extends KeyExchangeBase {
    /** Makes the post-quantum half. */
    private interface Half {
        Encapsulation generate() throws GeneralSecurityException;
    }

    private final Half half;
    private @Nullable Encapsulation encapsulation;
    private @Nullable X25519 agreement;
    private byte[] sent = {};
    private @Nullable JointSecret secret;

    private HybridExchange(Half half, Digest digest) {
        super(digest);
        this.half = half;
    }

    static Factory.Named<KeyExchange> mlkem768(String name) {
        return named(name, Encapsulation.MlKem768::generate, SHA256::new);
    }

    static Factory.Named<KeyExchange> sntrup761(String name) {
        return named(name, Encapsulation.NtruPrime::generate, SHA512::new);
    }

    private static Factory.Named<KeyExchange> named(
            String name, Half half, Factory<Digest> digest) {
        return new Factory.Named<>() {
            @Override
            public String getName() {
                return name;
            }

            @Override
            public KeyExchange create() {
                return new HybridExchange(half, digest.create());
            }
        };
    }

    @Override
    public void init(Transport trans, String V_S, String V_C, byte[] I_S, byte[] I_C)
            throws GeneralSecurityException, TransportException {
        super.init(trans, V_S, V_C, I_S, I_C);
        digest.init();
        Encapsulation fresh = half.generate();
        X25519 curve = X25519.generate();
        encapsulation = fresh;
        agreement = curve;
        sent = joined(fresh.publicKey(), curve.publicKey());
        trans.write(new SSHPacket(Message.KEXDH_INIT).putBytes(sent));
    }

    @Override
    public boolean next(Message message, SSHPacket packet)
            throws GeneralSecurityException, TransportException {
        if (message != Message.KEXDH_31) {
            throw failed("an unexpected " + message);
        }
        try {
            byte[] shownKey = packet.readBytes();
            byte[] reply = packet.readBytes();
            byte[] signature = packet.readBytes();
            hostKey = new Buffer.PlainBuffer(shownKey).readPublicKey();
            JointSecret agreed = agreed(reply);
            secret = agreed;
            var whole =
                    initializedBuffer()
                            .putString(shownKey)
                            .putString(sent)
                            .putString(reply)
                            .putMPInt(agreed);
            digest.update(whole.array(), whole.rpos(), whole.available());
            H = digest.digest();
            verify(signature);
            return true;
        } catch (Buffer.BufferException | SSHRuntimeException e) {
            throw new TransportException(DisconnectReason.KEY_EXCHANGE_FAILED, e);
        }
    }

    private JointSecret agreed(byte[] reply) throws GeneralSecurityException, TransportException {
        if (encapsulation == null || agreement == null) {
            throw failed("a reply before anything was sent");
        }
        int length = encapsulation.ciphertextLength();
        if (reply.length != length + X25519.LENGTH) {
            throw failed("a reply of " + reply.length + " bytes");
        }
        byte[] first = encapsulation.open(Arrays.copyOf(reply, length));
        byte[] second = agreement.agree(Arrays.copyOfRange(reply, length, reply.length));
        byte[] both = joined(first, second);
        digest.update(both, 0, both.length);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
        Arrays.fill(both, (byte) 0);
        encapsulation = null;
        agreement = null;
        return new JointSecret(digest.digest());
    }

    private void verify(byte[] signature) throws TransportException {
        Signature verifier = trans.getHostKeyAlgorithm().newSignature();
        verifier.initVerify(hostKey instanceof Certificate<?> shown ? shown.getKey() : hostKey);
        verifier.update(H, 0, H.length);
        if (!verifier.verify(signature)) {
            throw failed("a signature that is not the host key's");
        }
    }

    @Override
    public BigInteger getK() {
        return Objects.requireNonNull(secret, "no key was exchanged yet");
    }

    private static TransportException failed(String what) {
        return new TransportException(
                DisconnectReason.KEY_EXCHANGE_FAILED, "the key exchange got " + what);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * The shared secret as hybrid exchanges encode it wherever others put a number: a string of all
     * its bytes, leading zeros included. The library knows only numbers, and writes a number's
     * bytes after their count; so the number says which bytes.
     */
    private static final class JointSecret extends BigInteger {
        private static final long serialVersionUID = 1;
        private final byte[] bytes;

        JointSecret(byte[] bytes) {
            super(1, bytes);
            this.bytes = bytes.clone();
        }

        @Override
        public byte[] toByteArray() {
            return bytes.clone();
        }
    }
}
