package dev.mgmt.remote.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Connections to seeds. A certificate has to name the host, and to come from one of the authorities
 * given, or of those that Java knows.
 */
final class SeedSockets {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String HTTP_2 = "h2";

    private final Optional<Path> authorities;

    /** Made for the first connection that needs it. */
    private @Nullable SSLContext context;

    /**
     * @param authorities a file of certificates in PEM
     */
    SeedSockets(Optional<Path> authorities) {
        this.authorities = authorities;
    }

    Socket connect(Seed seed) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(seed.host(), seed.port()), (int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            return switch (seed.scheme()) {
                case HTTP -> socket;
                case HTTPS -> secured(socket, seed);
            };
        } catch (IOException unreachable) {
            socket.close();
            throw unreachable;
        }
    }

    private Socket secured(Socket socket, Seed seed) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        SSLSocket secured =
                (SSLSocket)
                        context()
                                .getSocketFactory()
                                .createSocket(socket, seed.host(), seed.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(new String[] {HTTP_2});
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        if (!HTTP_2.equals(secured.getApplicationProtocol())) {
            throw new IOException("it does not speak HTTP/2 over TLS, as etcd does");
        }
        socket.setSoTimeout(0);
        return secured;
    }

    private synchronized SSLContext context() throws IOException {
        SSLContext known = context;
        if (known != null) {
            return known;
        }
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(null, trusted(), null);
            context = made;
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /** Null: those that Java knows. */
    private TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
        if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream file = Files.newInputStream(authorities.get())) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("authority-" + number, certificate);
                number++;
            }
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
