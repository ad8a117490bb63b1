package dev.mgmt.tunnel.sshj;

import dev.mgmt.tunnel.AlgorithmLimits;
import dev.mgmt.tunnel.config.Offer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.common.Factory;

/** What is offered to a server, where its ssh_config names what may be. Safe for many threads. */
final class LimitedAlgorithms {
    private final Map<AlgorithmLimits, Config> configs = new ConcurrentHashMap<>();

    /** Everything there is. */
    static Offer offer() {
        Config all = new Algorithms();
        return new Offer(
                names(all.getKeyExchangeFactories()),
                names(all.getKeyAlgorithms()),
                Set.of(
                        "ssh-ed25519",
                        "ecdsa-sha2-nistp256",
                        "ecdsa-sha2-nistp384",
                        "ecdsa-sha2-nistp521",
                        Algorithms.RSA_SHA512),
                names(all.getCipherFactories()),
                names(all.getMACFactories()));
    }

    Config within(AlgorithmLimits limits) {
        return configs.computeIfAbsent(limits, LimitedAlgorithms::make);
    }

    private static Config make(AlgorithmLimits limits) {
        Config config = new Algorithms();
        config.setKeyExchangeFactories(
                chosen(config.getKeyExchangeFactories(), limits.keyExchanges()));
        config.setKeyAlgorithms(chosen(config.getKeyAlgorithms(), limits.hostKeys()));
        config.setCipherFactories(chosen(config.getCipherFactories(), limits.ciphers()));
        config.setMACFactories(chosen(config.getMACFactories(), limits.macs()));
        return config;
    }

    /** In the order in which they are wanted. */
    private static <T> List<Factory.Named<T>> chosen(
            List<Factory.Named<T>> all, Optional<List<String>> wanted) {
        if (wanted.isEmpty()) {
            return all;
        }
        Map<String, Factory.Named<T>> byName = new LinkedHashMap<>();
        all.forEach(factory -> byName.put(factory.getName(), factory));
        return wanted.get().stream()
                .distinct()
                .flatMap(name -> Optional.ofNullable(byName.get(name)).stream())
                .toList();
    }

    private static <T> Set<String> names(List<Factory.Named<T>> factories) {
        Set<String> names = new LinkedHashSet<>();
        factories.forEach(factory -> names.add(factory.getName()));
        return names;
    }
}
