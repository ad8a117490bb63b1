package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.agent.AgentFailure;
import dev.mgmt.tunnel.agent.AgentKey;
import dev.mgmt.tunnel.agent.SshAgent;
import dev.mgmt.tunnel.identity.Certificate;
import dev.mgmt.tunnel.identity.Credential;
import dev.mgmt.tunnel.identity.LoginRules;
import dev.mgmt.tunnel.identity.PublicBlob;
import dev.mgmt.tunnel.identity.SshReader.Malformed;
import dev.mgmt.tunnel.sshj.KeyProof.Hand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which keys are shown to a host, each once: certificates of named keys; named keys that the agent
 * holds; named keys in files; whatever else the agent holds. A host hangs up after a few, so those
 * that were meant come first.
 */
final class KeyOrder {
    private final LoginRules rules;
    private final KeyRing ring;
    private final List<Credential.KeyFile> files;
    private final List<String> remarks = new ArrayList<>();
    private final Map<PublicBlob, KeyProof> known = new LinkedHashMap<>();
    private final List<KeyProof> nameless = new ArrayList<>();
    private final Map<PublicBlob, AgentKey> held = new LinkedHashMap<>();
    private Optional<SshAgent> agent = Optional.empty();

    private KeyOrder(Target target, KeyRing ring) {
        this.rules = target.login();
        this.ring = ring;
        this.files =
                target.credentials().stream()
                        .filter(Credential.KeyFile.class::isInstance)
                        .map(Credential.KeyFile.class::cast)
                        .toList();
    }

    /**
     * @param remarks about what could not be used
     */
    record Keys(List<KeyProof> proofs, List<String> remarks) {}

    static Keys of(Target target, KeyRing ring) {
        return new KeyOrder(target, ring).keys();
    }

    private Keys keys() {
        rules.agent().ifPresent(this::ask);
        certificates();
        files.forEach(file -> plain(file, Holder.AGENT));
        files.forEach(file -> plain(file, Holder.FILE));
        if (rules.agentKeys() == LoginRules.AgentKeys.ALL) {
            held.values().forEach(this::fromAgent);
        }
        List<KeyProof> proofs = new ArrayList<>(known.values());
        // Their public keys are not known, so nobody can say whether they were shown already.
        int beforeOthers = (int) proofs.stream().filter(proof -> !isOther(proof)).count();
        proofs.addAll(beforeOthers, nameless);
        return new Keys(proofs, remarks);
    }

    private static boolean isOther(KeyProof proof) {
        return proof.name().startsWith(AGENT_NAME);
    }

    private static final String AGENT_NAME = "the agent's ";

    private enum Holder {
        AGENT,
        FILE
    }

    private void ask(Path socket) {
        SshAgent asked = ring.agent(socket);
        try {
            asked.keys().forEach(key -> held.put(key.key(), key));
            agent = Optional.of(asked);
        } catch (AgentFailure e) {
            remarks.add("the agent " + e.why());
        }
    }

    // --- certificates -------------------------------------------------------------------------

    private void certificates() {
        for (Credential.KeyFile file : files) {
            Path beside = Path.of(file.file() + "-cert.pub");
            KeyText.publicLine(beside).ifPresent(shown -> certificate(beside, shown));
        }
        for (Path named : rules.certificates()) {
            Optional<PublicBlob> shown = KeyText.publicLine(named);
            if (shown.isEmpty()) {
                remarks.add("certificate " + named + " cannot be read");
            } else {
                certificate(named, shown.get());
            }
        }
        for (AgentKey key : held.values()) {
            plainOf(key.key())
                    .filter(plain -> file(plain).isPresent())
                    .ifPresent(_ -> fromAgent(key));
        }
    }

    private void certificate(Path path, PublicBlob shown) {
        Optional<PublicBlob> plain = plainOf(shown);
        Optional<Hand> hand = plain.flatMap(this::handFor);
        if (hand.isEmpty()) {
            remarks.add(
                    "certificate "
                            + path
                            + (plain.isEmpty() ? " is malformed" : " has no private key here"));
        } else {
            add(new KeyProof("certificate " + path, Optional.of(shown), hand.get()));
        }
    }

    private static Optional<PublicBlob> plainOf(PublicBlob shown) {
        if (!shown.isCertificate()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Certificate.parse(shown.bytes()).key());
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** Rather the agent, which asks for no passphrase. */
    private Optional<Hand> handFor(PublicBlob plain) {
        AgentKey inAgent = held.get(plain);
        if (inAgent != null && agent.isPresent()) {
            return Optional.of(new Hand.Agent(agent.get(), inAgent.key()));
        }
        return file(plain).map(file -> new Hand.File(ring.key(file.file()), file.passphrase()));
    }

    private Optional<Credential.KeyFile> file(PublicBlob plain) {
        return files.stream()
                .filter(each -> ring.key(each.file()).publicKey().equals(Optional.of(plain)))
                .findFirst();
    }

    // --- keys ---------------------------------------------------------------------------------

    private void plain(Credential.KeyFile file, Holder holder) {
        KeyRing.Key key = ring.key(file.file());
        Optional<PublicBlob> shown = key.publicKey();
        Optional<AgentKey> inAgent = shown.map(held::get);
        String name = "key " + file.file();
        switch (holder) {
            case AGENT -> {
                if (inAgent.isPresent() && agent.isPresent()) {
                    add(new KeyProof(name, shown, new Hand.Agent(agent.get(), shown.get())));
                }
            }
            case FILE -> {
                if (inAgent.isEmpty()) {
                    add(new KeyProof(name, shown, new Hand.File(key, file.passphrase())));
                }
            }
        }
    }

    private void fromAgent(AgentKey key) {
        String comment = key.comment().isEmpty() ? "" : " (" + key.comment() + ")";
        String name =
                AGENT_NAME
                        + (key.key().isCertificate() ? "certificate " : "key ")
                        + key.key().fingerprint()
                        + comment;
        agent.ifPresent(
                holder ->
                        add(
                                new KeyProof(
                                        name,
                                        Optional.of(key.key()),
                                        new Hand.Agent(holder, key.key()))));
    }

    private void add(KeyProof proof) {
        if (proof.shown().isEmpty()) {
            nameless.add(proof);
        } else {
            known.putIfAbsent(proof.shown().get(), proof);
        }
    }
}
