package dev.mgmt.tunnel.agent;

import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.identity.SshReader;
import dev.mgmt.tunnel.identity.SshReader.Malformed;
import dev.mgmt.tunnel.identity.SshWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One agent, for a whole run. A connection lasts for one request and there is one at a time: what
 * the agent asks of a human, to touch a token or to agree, it asks once. Safe for many threads.
 *
 * <p>What it holds is asked once for all hosts that log in together, and anew some seconds later; a
 * failure is remembered as long, so that a fleet does not wait for a silent agent host by host.
 */
public final class SshAgent {
    /** Whom to keep waiting for how long. */
    record Patience(Duration listing, Duration signing, Duration memory) {
        /** A signature may need a human's touch or word. */
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    private static final int REQUEST_IDENTITIES = 11;
    private static final int IDENTITIES_ANSWER = 12;
    private static final int SIGN_REQUEST = 13;
    private static final int SIGN_RESPONSE = 14;
    private static final int FAILURE = 5;
    private static final int RSA_SHA2_512 = 4;
    private static final int MOST_KEYS = 2048;

    private final Path socket;
    private final Patience patience;
    private final ReentrantLock turn = new ReentrantLock();

    private sealed interface Held {
        record Keys(List<AgentKey> keys) implements Held {}

        record Trouble(String why) implements Held {}
    }

    /** Guarded by the lock. */
    private @Nullable Held remembered;

    private long since;

    public SshAgent(Path socket) {
        this(socket, Patience.USUAL);
    }

    SshAgent(Path socket, Patience patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /** In the agent's order. A locked agent holds none. */
    public List<AgentKey> keys() throws AgentFailure {
        turn.lock();
        try {
            Held held = remembered;
            if (held == null || isForgotten()) {
                held = asked();
                remembered = held;
                since = System.nanoTime();
            }
            return switch (held) {
                case Held.Keys(List<AgentKey> keys) -> keys;
                case Held.Trouble(String why) -> throw new AgentFailure(why);
            };
        } finally {
            turn.unlock();
        }
    }

    private boolean isForgotten() {
        return System.nanoTime() - since > patience.memory().toNanos();
    }

    private Held asked() {
        try {
            SshReader answer =
                    AgentExchange.of(
                            socket,
                            new SshWriter().uint8(REQUEST_IDENTITIES).bytes(),
                            patience.listing());
            return new Held.Keys(keys(answer));
        } catch (AgentFailure e) {
            return new Held.Trouble(e.why());
        } catch (Malformed e) {
            return new Held.Trouble("said something that makes no sense: " + e.getMessage());
        }
    }

    private static List<AgentKey> keys(SshReader answer) throws AgentFailure, Malformed {
        expect(IDENTITIES_ANSWER, answer, "does not tell its keys");
        long count = answer.uint32();
        if (count > MOST_KEYS) {
            throw new AgentFailure("claims to hold " + count + " keys");
        }
        List<AgentKey> keys = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            PublicBlob key = PublicBlob.of(answer.string());
            keys.add(new AgentKey(key, new String(answer.string(), StandardCharsets.UTF_8)));
        }
        return List.copyOf(keys);
    }

    /**
     * The signature with its algorithm's name, as login wants it. RSA keys sign with SHA-512.
     *
     * @param key that the agent holds
     */
    public byte[] sign(PublicBlob key, byte[] data) throws AgentFailure {
        boolean rsa = key.type().startsWith("ssh-rsa");
        byte[] request =
                new SshWriter()
                        .uint8(SIGN_REQUEST)
                        .string(key.bytes())
                        .string(data)
                        .uint32(rsa ? RSA_SHA2_512 : 0)
                        .bytes();
        turn.lock();
        try {
            if (remembered instanceof Held.Trouble(String why) && !isForgotten()) {
                throw new AgentFailure(why);
            }
            SshReader answer = exchange(request);
            expect(SIGN_RESPONSE, answer, "refuses to sign");
            byte[] signature = answer.string();
            if (rsa && !new SshReader(signature).text().equals("rsa-sha2-512")) {
                throw new AgentFailure("is too old: it signs with SHA-1 only");
            }
            return signature;
        } catch (Malformed e) {
            throw new AgentFailure("said something that makes no sense: " + e.getMessage());
        } finally {
            turn.unlock();
        }
    }

    /** An agent that is gone or silent is left alone for a while. */
    private SshReader exchange(byte[] request) throws AgentFailure, Malformed {
        try {
            return AgentExchange.of(socket, request, patience.signing());
        } catch (AgentFailure e) {
            remembered = new Held.Trouble(e.why());
            since = System.nanoTime();
            throw e;
        }
    }

    private static void expect(int type, SshReader answer, String otherwise)
            throws AgentFailure, Malformed {
        int got = answer.uint8();
        if (got == FAILURE) {
            throw new AgentFailure(otherwise);
        }
        if (got != type) {
            throw new AgentFailure("answered with message " + got + " instead of " + type);
        }
    }
}
