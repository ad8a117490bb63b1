package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.common.KeyDecryptionFailedException;
import com.hierynomus.sshj.userauth.keyprovider.OpenSSHKeyV1KeyFile;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.agent.SshAgent;
import dev.mgmt.tunnel.health.Countdown;
import dev.mgmt.tunnel.identity.Person;
import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.identity.SshReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.userauth.keyprovider.BaseFileKeyProvider;
import net.schmizz.sshj.userauth.keyprovider.PKCS8KeyFile;
import net.schmizz.sshj.userauth.password.PasswordUtils;
import org.jspecify.annotations.Nullable;

/**
 * The key files of a run. Each is read once, and its passphrase asked at most once, whichever of
 * many hosts wants it first; nobody is asked two things at a time. Safe for many threads.
 */
final class KeyRing {
    private static final int LONGEST_UTF8 = 3;

    private final Map<Path, Key> keys = new ConcurrentHashMap<>();
    private final Map<Path, SshAgent> agents = new ConcurrentHashMap<>();
    private final Person person;

    /** One human, one question. */
    private final ReentrantLock asking = new ReentrantLock();

    KeyRing(Person person) {
        this.person = person;
    }

    Key key(Path file) {
        return keys.computeIfAbsent(file, Key::new);
    }

    /** Asks for something only a human knows, while nobody else does. */
    <T> T ask(Supplier<T> question) {
        asking.lock();
        try {
            return question.get();
        } finally {
            asking.unlock();
        }
    }

    Person person() {
        return person;
    }

    /** Why nobody may or can be asked about this host; empty: somebody can. */
    Optional<String> absence(Target target) {
        return switch (target.login().questions()) {
            case ALLOWED -> person.absence();
            case NONE -> Optional.of("BatchMode forbids it");
        };
    }

    SshAgent agent(Path socket) {
        return agents.computeIfAbsent(socket, SshAgent::new);
    }

    /** Forgets every key. */
    void close() {
        keys.clear();
        agents.clear();
    }

    /** One file. Its monitor is held while it is read and opened, so that both happen once. */
    final class Key {
        private final Path file;
        private @Nullable KeyText text;
        private @Nullable KeyPair pair;
        private @Nullable UnusableKey unusable;

        private Key(Path file) {
            this.file = file;
        }

        Path file() {
            return file;
        }

        /**
         * The public key, as far as it can be had without asking anybody: of a file that is not
         * there or cannot be read, from the one beside it.
         */
        synchronized Optional<PublicBlob> publicKey() {
            if (pair != null) {
                return Optional.of(blob(pair));
            }
            try {
                KeyText read = text();
                if (read.publicBlob().isPresent() || read.isEncrypted()) {
                    return read.publicBlob();
                }
                return Optional.of(blob(open(() -> new char[0])));
            } catch (UnusableKey e) {
                return KeyText.publicLine(file).or(() -> KeyText.beside(file));
            }
        }

        /** Whether opening it means asking somebody. */
        synchronized boolean isLocked() {
            try {
                return pair == null && text().isEncrypted();
            } catch (UnusableKey e) {
                return false;
            }
        }

        /** The clock stands still: whoever waits here waits for a human, perhaps another's. */
        KeyPair open(Supplier<char[]> passphrase, Countdown countdown) throws UnusableKey {
            return countdown.pausedFor(() -> open(passphrase));
        }

        private synchronized KeyPair open(Supplier<char[]> passphrase) throws UnusableKey {
            if (pair != null) {
                return pair;
            }
            KeyText read = text();
            try {
                KeyPair opened = read.isEncrypted() ? unlock(read, passphrase) : load(read, null);
                pair = opened;
                return opened;
            } catch (UnusableKey e) {
                unusable = e;
                throw e;
            }
        }

        private KeyText text() throws UnusableKey {
            if (unusable != null) {
                throw unusable;
            }
            try {
                KeyText read = text == null ? KeyText.read(file) : text;
                text = read;
                return read;
            } catch (UnusableKey e) {
                unusable = e;
                throw e;
            }
        }

        private KeyPair unlock(KeyText read, Supplier<char[]> passphrase) throws UnusableKey {
            char[] secret = ask(passphrase);
            try {
                if (secret.length == 0) {
                    throw new UnusableKey("is encrypted, and no passphrase was given");
                }
                if (read.format() != KeyText.Format.PEM_OLD_ENCRYPTED) {
                    return load(read, secret);
                }
                byte[] bytes = utf8(secret);
                String plain = OldPem.decrypt(read.pem(), bytes);
                Arrays.fill(bytes, (byte) 0);
                return load(new KeyText(plain, KeyText.Format.PEM, Optional.empty()), null);
            } finally {
                Arrays.fill(secret, '\0');
            }
        }
    }

    private static PublicBlob blob(KeyPair pair) {
        byte[] bytes = new Buffer.PlainBuffer().putPublicKey(pair.getPublic()).getCompactData();
        try {
            return PublicBlob.of(bytes);
        } catch (SshReader.Malformed e) {
            throw new IllegalStateException("the library writes keys that are malformed", e);
        }
    }

    private static byte[] utf8(char[] secret) {
        ByteBuffer encoded = ByteBuffer.allocate(secret.length * LONGEST_UTF8);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(secret), encoded, true);
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    private static KeyPair load(KeyText text, char @Nullable [] secret) throws UnusableKey {
        BaseFileKeyProvider provider =
                switch (text.format()) {
                    case OPENSSH, OPENSSH_ENCRYPTED -> new OpenSSHKeyV1KeyFile();
                    case PEM, PEM_ENCRYPTED, PEM_OLD_ENCRYPTED -> new PKCS8KeyFile();
                };
        if (secret == null) {
            provider.init(new StringReader(text.pem()));
        } else {
            // The library wipes what it is given, which must not be ours: it may ask twice.
            provider.init(new StringReader(text.pem()), PasswordUtils.createOneOff(secret.clone()));
        }
        try {
            return new KeyPair(provider.getPublic(), provider.getPrivate());
        } catch (KeyDecryptionFailedException e) {
            throw new UnusableKey("does not open with this passphrase");
        } catch (IOException | SSHRuntimeException | IllegalStateException e) {
            throw new UnusableKey("is malformed or of a kind that is not supported: " + cause(e));
        }
    }

    private static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
