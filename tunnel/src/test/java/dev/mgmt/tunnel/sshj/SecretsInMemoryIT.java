package dev.mgmt.tunnel.sshj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.TunnelException.LoginRefused;
import dev.mgmt.tunnel.identity.Credential;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stays of a secret in this process once it has served: a dump of the heap is searched. */
@Timeout(120)
class SecretsInMemoryIT {
    private static final int LENGTH = 24;
    private static final byte MASK = 0x5a;
    private static final List<Charset> ENCODINGS =
            List.of(
                    StandardCharsets.ISO_8859_1,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_16BE);

    @TempDir private Path directory = Path.of("");

    /** A secret that the test itself holds only in disguise. */
    private final byte[] disguised = disguised();

    private static byte[] disguised() {
        byte[] letters = new byte[LENGTH];
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < LENGTH; i++) {
            letters[i] = (byte) (('a' + random.nextInt(26)) ^ MASK);
        }
        return letters;
    }

    private char[] secret() {
        char[] secret = new char[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            secret[i] = (char) (disguised[i] ^ MASK);
        }
        return secret;
    }

    /** A shell reads the passphrase from a file, so that no command line of ours has it. */
    private Path lockedKey(String options) throws IOException {
        Path file = directory.resolve("passphrase");
        try (var out = Files.newOutputStream(file)) {
            for (byte letter : disguised) {
                out.write(letter ^ MASK);
            }
        }
        Path key = directory.resolve("key");
        LoopbackSshd.run(
                List.of(
                        "sh",
                        "-c",
                        "exec ssh-keygen -q %s -f '%s' -N \"$(cat '%s')\""
                                .formatted(options, key, file)));
        return key;
    }

    /** The JDK overwrites its own copies once it has noticed that nobody uses them any more. */
    private void awaitGone() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (isInMemory(disguised, MASK)) {
            assertTrue(System.nanoTime() < end, "it stays in memory");
            Thread.sleep(300);
        }
    }

    private boolean isInMemory(byte[] letters, byte mask) throws Exception {
        System.gc();
        Path dump = directory.resolve("heap.hprof");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpHeap(dump.toString(), true);
        for (Charset encoding : ENCODINGS) {
            if (contains(dump, letters, mask, encoding)) {
                return true;
            }
        }
        return false;
    }

    /** Compares byte by byte in disguise; the letters do not overlap with themselves often. */
    private static boolean contains(Path dump, byte[] letters, byte mask, Charset encoding)
            throws IOException {
        int width = encoding.equals(StandardCharsets.ISO_8859_1) ? 1 : 2;
        int high = encoding.equals(StandardCharsets.UTF_16BE) ? 0 : 1;
        byte[] sought = new byte[letters.length * width];
        for (int i = 0; i < sought.length; i++) {
            boolean zero = width == 2 && i % 2 == high;
            sought[i] = zero ? mask : letters[i / width];
        }
        byte[] window = new byte[sought.length];
        long read = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(dump), 1 << 20)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                window[(int) (read++ % window.length)] = (byte) (c ^ mask);
                if ((byte) (c ^ mask) == sought[sought.length - 1]
                        && read >= window.length
                        && matches(window, sought, read)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(byte[] window, byte[] sought, long read) {
        for (int i = 0; i < sought.length; i++) {
            if (window[(int) ((read + i) % window.length)] != sought[i]) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t rsa -m PEM", "-t rsa -m PKCS8"})
    void passphraseIsGoneOnceTheKeyIsOpen(String options) throws Exception {
        Path key = lockedKey(options);
        try (var server = LoopbackSshd.start();
                var tunnels = new SshjTunnels()) {
            server.authorize(Path.of(key + ".pub"));
            Credential locked = new Credential.KeyFile(key, this::secret);
            try (var tunnel = tunnels.connect(server.target(List.of(locked)))) {
                awaitGone();
                assertEquals("loopback", tunnel.target().name());
            }
        }
    }

    @Test
    void passwordIsGoneOnceItWasSent() throws Exception {
        try (var server = LoopbackSshd.start("PasswordAuthentication yes");
                var tunnels = new SshjTunnels()) {
            Credential password = new Credential.Password(this::secret);
            var target = server.target(List.of(password));
            assertThrows(LoginRefused.class, () -> tunnels.connect(target));
            awaitGone();
        }
    }

    /** Or the other tests would prove nothing. */
    @Test
    void whatIsInMemoryIsFound() throws Exception {
        char[] kept = secret();
        assertTrue(isInMemory(disguised, MASK));
        String written = new String(kept);
        Arrays.fill(kept, '\0');
        assertTrue(isInMemory(disguised, MASK), () -> "not found: " + written.length());
    }
}
