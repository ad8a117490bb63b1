package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.FileStamp;
import dev.mgmt.engine.os.HostRoot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures prove that a server is who it says: those that the host's administrator trusts,
 * as the host's other programs do. A host that has no list of them uses Java's own.
 */
final class Trust {
    /** Where distributions keep the list. */
    private static final List<String> BUNDLES =
            List.of(
                    "/etc/ssl/certs/ca-certificates.crt",
                    "/etc/pki/tls/certs/ca-bundle.crt",
                    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                    "/etc/ssl/ca-bundle.pem",
                    "/etc/ssl/cert.pem");

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

    private final HostRoot root;
    private @Nullable SSLSocketFactory made;
    private @Nullable FileStamp madeOf;

    Trust(HostRoot root) {
        this.root = root;
    }

    /** Reads the list again when it has changed. */
    synchronized SSLSocketFactory sockets() throws IOException {
        Path bundle = null;
        FileStamp stamp = null;
        for (String candidate : BUNDLES) {
            if (stamp == null) {
                bundle = root.at(candidate);
                stamp = FileStamp.behind(bundle);
            }
        }
        SSLSocketFactory known = made;
        if (known == null || (stamp == null ? madeOf != null : !stamp.same(madeOf))) {
            known = make(stamp == null ? null : bundle);
            made = known;
            madeOf = stamp;
        }
        return known;
    }

    private static SSLSocketFactory make(@Nullable Path bundle) throws IOException {
        try {
            TrustManagerFactory managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(bundle == null ? null : read(bundle));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new FileFault("TLS cannot be used: " + e.getMessage());
        }
    }

    private static KeyStore read(Path bundle) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        String text = Files.readString(bundle, StandardCharsets.ISO_8859_1);
        Matcher blocks = CERTIFICATE.matcher(text);
        while (blocks.find()) {
            Certificate certificate = certificate(factory, blocks.group(1));
            if (certificate != null) {
                trusted.setCertificateEntry("ca" + trusted.size(), certificate);
            }
        }
        if (trusted.size() == 0) {
            throw new FileFault(
                    bundle + " has no certificate in it (install the package ca-certificates)");
        }
        return trusted;
    }

    /** One that nobody can read is trusted by nobody: null. */
    private static @Nullable Certificate certificate(CertificateFactory factory, String base64) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(base64);
            return factory.generateCertificate(new ByteArrayInputStream(bytes));
        } catch (CertificateException | IllegalArgumentException e) {
            return null;
        }
    }
}
