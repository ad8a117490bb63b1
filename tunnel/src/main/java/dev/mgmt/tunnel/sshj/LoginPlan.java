package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.identity.Credential;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What is left to try at one host, and what came of the rest. It outlives a connection: a host that
 * hangs up after too many keys is connected to once more, for those that it has not seen. Used by
 * one thread.
 */
final class LoginPlan {
    /** One thing to try. */
    sealed interface Proof {
        String name();

        record Key(KeyProof proof) implements Proof {
            @Override
            public String name() {
                return proof.name();
            }
        }

        record Password(Credential.Password credential) implements Proof {
            @Override
            public String name() {
                return "the password";
            }
        }

        record Asked() implements Proof {
            @Override
            public String name() {
                return "asking for a password";
            }
        }
    }

    private final Deque<Proof> left = new ArrayDeque<>();

    /** Those that a host took and wants more than: a new connection needs them again. */
    private final List<Proof> taken = new ArrayList<>();

    private final List<String> account = new ArrayList<>();
    private int connections;

    LoginPlan(Target target, KeyRing ring) {
        KeyOrder.Keys keys = KeyOrder.of(target, ring);
        account.addAll(keys.remarks());
        keys.proofs().forEach(proof -> left.add(new Proof.Key(proof)));
        for (Credential credential : target.credentials()) {
            switch (credential) {
                case Credential.KeyFile _ -> {}
                case Credential.Password password -> left.add(new Proof.Password(password));
                case Credential.Asked _ -> left.add(new Proof.Asked());
            }
        }
    }

    /** A connection begins. */
    void connected() {
        connections++;
        for (int i = taken.size() - 1; i >= 0; i--) {
            left.addFirst(taken.get(i));
        }
        taken.clear();
    }

    /** Whether another connection is worth it, and allowed. */
    boolean goesOn() {
        return connections == 1 && !left.isEmpty();
    }

    Optional<Proof> next() {
        return Optional.ofNullable(left.peek());
    }

    void done(Proof proof) {
        left.remove(proof);
    }

    void taken(Proof proof) {
        taken.add(proof);
    }

    void tell(String sentence) {
        account.add(sentence);
    }

    /** What was tried and what came of it, and what was not tried any more. */
    List<String> account() {
        List<String> sentences = new ArrayList<>(account);
        left.forEach(proof -> sentences.add(proof.name() + " was not tried any more"));
        return sentences;
    }
}
