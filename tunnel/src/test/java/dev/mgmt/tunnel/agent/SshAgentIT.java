package dev.mgmt.tunnel.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.tunnel.LoopbackSshd;
import dev.mgmt.tunnel.RealAgent;
import dev.mgmt.tunnel.agent.FakeAgent.Line;
import dev.mgmt.tunnel.agent.SshAgent.Patience;
import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.identity.SshReader;
import dev.mgmt.tunnel.identity.SshWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real agent, and some that are not right. */
@Timeout(60)
class SshAgentIT {
    private static final Patience SHORT =
            new Patience(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(60));

    @TempDir private Path directory = Path.of("");

    private Path socket() {
        return directory.resolve("socket");
    }

    private static String failure(SshAgent agent) {
        return assertThrows(AgentFailure.class, agent::keys).why();
    }

    private static byte[] framed(byte[] message) {
        return new SshWriter().string(message).bytes();
    }

    private Path key(String... options) {
        Path file = directory.resolve("key");
        LoopbackSshd.generateKey(file, options);
        return file;
    }

    @Test
    void keysAreListedInTheirOrderWithTheirComments() throws Exception {
        try (RealAgent real = RealAgent.start()) {
            Path file = key("-t", "ed25519");
            real.add(file.toString());
            List<AgentKey> keys = new SshAgent(real.socket()).keys();
            assertEquals(1, keys.size());
            assertEquals("test", keys.getFirst().comment());
            assertEquals(
                    PublicBlob.parse(Files.readString(Path.of(file + ".pub"))).orElseThrow(),
                    keys.getFirst().key());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ed25519, ssh-ed25519",
        "rsa, rsa-sha2-512",
        "ecdsa, ecdsa-sha2-nistp256",
    })
    void signaturesNameTheirAlgorithm(String type, String algorithm) throws Exception {
        try (RealAgent real = RealAgent.start()) {
            real.add(key("-t", type).toString());
            SshAgent agent = new SshAgent(real.socket());
            byte[] signature = agent.sign(agent.keys().getFirst().key(), new byte[] {1, 2, 3});
            assertEquals(algorithm, new SshReader(signature).text());
        }
    }

    @Test
    void lockedAgentHoldsNothingAndSignsNothing() throws Exception {
        try (RealAgent real = RealAgent.start()) {
            real.add(key("-t", "ed25519").toString());
            PublicBlob held = new SshAgent(real.socket()).keys().getFirst().key();
            real.addAnswering("secret", "-x");
            SshAgent locked = new SshAgent(real.socket());
            assertEquals(List.of(), locked.keys());
            var refused = assertThrows(AgentFailure.class, () -> locked.sign(held, new byte[1]));
            assertEquals("refuses to sign", refused.why());
        }
    }

    @Test
    void agentThatWentAwayIsSaidToBe() {
        RealAgent real = RealAgent.start();
        Path gone = real.socket();
        real.close();
        assertTrue(failure(new SshAgent(gone)).contains("is not there"));
    }

    @Test
    void socketThatNobodyListensToIsSaidToBe() throws Exception {
        FakeAgent.on(socket(), new byte[0], Line.IS_CUT).close();
        assertTrue(failure(new SshAgent(socket())).contains("cannot be reached"));
        Files.delete(socket());
        Files.writeString(socket(), "a plain file");
        assertTrue(failure(new SshAgent(socket())).contains("cannot be reached"));
    }

    @Test
    void silentAgentIsNotWaitedForHostByHost() throws Exception {
        try (FakeAgent fake = FakeAgent.on(socket(), new byte[0], Line.STAYS_OPEN)) {
            SshAgent agent = new SshAgent(socket(), SHORT);
            for (int i = 0; i < 5; i++) {
                assertEquals("did not answer within 300 ms", failure(agent));
            }
            while (fake.requests() == 0) {
                Thread.sleep(10); // It may be told later than we gave up.
            }
            assertEquals(1, fake.requests());
        }
    }

    @Test
    void answerThatNeverEndsIsCutOff() throws Exception {
        byte[] begun = new SshWriter().uint32(100).uint8(12).bytes();
        try (FakeAgent _ = FakeAgent.on(socket(), begun, Line.STAYS_OPEN)) {
            assertTrue(failure(new SshAgent(socket(), SHORT)).contains("within 300 ms"));
        }
    }

    @Test
    void hugeAnswerIsNotRead() throws Exception {
        byte[] huge = new SshWriter().uint32(Integer.MAX_VALUE).uint8(12).bytes();
        try (FakeAgent _ = FakeAgent.on(socket(), huge, Line.STAYS_OPEN)) {
            assertEquals("sent an answer of 2147483647 bytes", failure(new SshAgent(socket())));
        }
    }

    @Test
    void agentThatHangsUpIsSaidTo() throws Exception {
        try (FakeAgent _ = FakeAgent.on(socket(), new byte[] {0, 0}, Line.IS_CUT)) {
            assertEquals("hung up before it had answered", failure(new SshAgent(socket())));
        }
    }

    @Test
    void nonsenseIsNotBelieved() throws Exception {
        byte[] many = framed(new SshWriter().uint8(12).uint32(-1).bytes());
        try (FakeAgent _ = FakeAgent.on(socket(), many, Line.STAYS_OPEN)) {
            assertEquals("claims to hold 4294967295 keys", failure(new SshAgent(socket())));
        }
        Files.delete(socket());
        byte[] lying = framed(new SshWriter().uint8(12).uint32(1).uint32(1000).bytes());
        try (FakeAgent _ = FakeAgent.on(socket(), lying, Line.STAYS_OPEN)) {
            assertTrue(failure(new SshAgent(socket())).contains("makes no sense"));
        }
        Files.delete(socket());
        try (FakeAgent _ = FakeAgent.on(socket(), framed(new byte[] {99}), Line.STAYS_OPEN)) {
            assertEquals("answered with message 99 instead of 12", failure(new SshAgent(socket())));
        }
    }
}
