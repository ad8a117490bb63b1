package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.key.KeyAlgorithm;
import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.List;
import java.util.function.Supplier;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.signature.Signature;
import net.schmizz.sshj.signature.SignatureRSA;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.kex.KeyExchange;
import net.schmizz.sshj.transport.mac.MAC;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;

/**
 * What we offer a server: what OpenSSH has had since 6.5 and still has, cheapest first. The
 * library's own defaults try thirty ciphers at start-up and register a cryptography provider of 8
 * MB; here everything comes from the JDK, and nothing is loaded before a server has chosen it.
 */
final class Algorithms extends ConfigImpl {
    /** RSA host and user keys sign with SHA-2 only; the key itself is still called ssh-rsa. */
    static final String RSA_SHA512 = "rsa-sha2-512";

    static final String RSA_SHA256 = "rsa-sha2-256";

    static {
        SecurityUtils.setRegisterBouncyCastle(false);
        EcdsaKeys.register();
    }

    /** Knows its name, so that a proposal needs no algorithm to be loaded. */
    private record Lazy<T>(String name, Supplier<Factory.Named<T>> factory)
            implements Factory.Named<T> {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public T create() {
            return factory.get().create();
        }
    }

    Algorithms() {
        setLoggerFactory(LoggerFactory.DEFAULT);
        setVersion("mgmt");
        setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
        // We keep the link alive ourselves; this one is a thread that is never started.
        setKeepAliveProvider(KeepAliveProvider.HEARTBEAT);
        setCompressionFactories(List.of(new NoneCompression.Factory()));
        setKeyExchangeFactories(keyExchanges());
        setKeyAlgorithms(hostKeys());
        setCipherFactories(ciphers());
        setMACFactories(macs());
        setFileKeyProviderFactories(List.of());
    }

    /**
     * ML-KEM comes first, as OpenSSH has it, at half a millisecond. NTRU Prime, whose keys cost
     * several, is for servers that take nothing else.
     */
    private static List<Factory.Named<KeyExchange>> keyExchanges() {
        return List.of(
                HybridExchange.mlkem768("mlkem768x25519-sha256"),
                new Lazy<>("curve25519-sha256", Curve25519SHA256.Factory::new),
                new Lazy<>("curve25519-sha256@libssh.org", Curve25519SHA256.FactoryLibSsh::new),
                HybridExchange.sntrup761("sntrup761x25519-sha512"),
                HybridExchange.sntrup761("sntrup761x25519-sha512@openssh.com"),
                new Lazy<>("ecdh-sha2-nistp256", ECDHNistP.Factory256::new),
                new Lazy<>("ecdh-sha2-nistp384", ECDHNistP.Factory384::new),
                new Lazy<>("ecdh-sha2-nistp521", ECDHNistP.Factory521::new),
                new Lazy<>("diffie-hellman-group16-sha512", DHGroups::Group16SHA512),
                new Lazy<>("diffie-hellman-group14-sha256", DHGroups::Group14SHA256));
    }

    private static List<Factory.Named<KeyAlgorithm>> hostKeys() {
        return List.of(
                new Lazy<>("ssh-ed25519", KeyAlgorithms::EdDSA25519),
                new Lazy<>("ecdsa-sha2-nistp256", KeyAlgorithms::ECDSASHANistp256),
                new Lazy<>("ecdsa-sha2-nistp384", KeyAlgorithms::ECDSASHANistp384),
                new Lazy<>("ecdsa-sha2-nistp521", KeyAlgorithms::ECDSASHANistp521),
                new Lazy<>(RSA_SHA512, KeyAlgorithms::RSASHA512),
                new Lazy<>(RSA_SHA256, KeyAlgorithms::RSASHA256),
                certified("ssh-ed25519", KeyAlgorithms.EdDSA25519CertV01()),
                certified("ecdsa-sha2-nistp256", KeyAlgorithms.ECDSASHANistp256CertV01()),
                certified("ecdsa-sha2-nistp384", KeyAlgorithms.ECDSASHANistp384CertV01()),
                certified("ecdsa-sha2-nistp521", KeyAlgorithms.ECDSASHANistp521CertV01()),
                certified(RSA_SHA512, rsa(new SignatureRSA.FactoryRSASHA512())),
                certified(RSA_SHA256, rsa(new SignatureRSA.FactoryRSASHA256())));
    }

    /** The library knows RSA certificates only with SHA-1. */
    private static KeyAlgorithms.Factory rsa(Factory.Named<Signature> signature) {
        return new KeyAlgorithms.Factory(signature.getName(), signature, KeyType.RSA_CERT);
    }

    private static Factory.Named<KeyAlgorithm> certified(
            String plain, KeyAlgorithms.Factory algorithm) {
        return new Lazy<>(plain + "-cert-v01@openssh.com", () -> algorithm);
    }

    private static List<Factory.Named<Cipher>> ciphers() {
        return List.of(
                new Lazy<>("aes128-gcm@openssh.com", GcmCiphers::AES128GCM),
                new Lazy<>("aes256-gcm@openssh.com", GcmCiphers::AES256GCM),
                new Lazy<>("aes128-ctr", BlockCiphers::AES128CTR),
                new Lazy<>("aes192-ctr", BlockCiphers::AES192CTR),
                new Lazy<>("aes256-ctr", BlockCiphers::AES256CTR));
    }

    private static List<Factory.Named<MAC>> macs() {
        return List.of(
                new Lazy<>("hmac-sha2-256-etm@openssh.com", Macs::HMACSHA2256Etm),
                new Lazy<>("hmac-sha2-512-etm@openssh.com", Macs::HMACSHA2512Etm),
                new Lazy<>("hmac-sha2-256", Macs::HMACSHA2256),
                new Lazy<>("hmac-sha2-512", Macs::HMACSHA2512));
    }
}
