package dev.mgmt.tunnel.sshj;

import com.hierynomus.sshj.key.KeyAlgorithm;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.Factory;

/**
 * What is offered to one host: certificates only if known_hosts names an authority for it, then the
 * types of keys that are listed for it, so that a host with several shows one that is known.
 */
final class OfferToHost extends ConfigImpl {
    private static final String CERTIFICATE = "-cert-v01@openssh.com";

    OfferToHost(Config common, HostKeyCheck check) {
        setLoggerFactory(common.getLoggerFactory());
        setVersion(common.getVersion());
        setRandomFactory(common.getRandomFactory());
        setKeepAliveProvider(common.getKeepAliveProvider());
        setCompressionFactories(common.getCompressionFactories());
        setCipherFactories(common.getCipherFactories());
        setMACFactories(common.getMACFactories());
        setFileKeyProviderFactories(List.of());
        // By us, against known_hosts; the library would take any authority's.
        setVerifyHostKeyCertificates(false);
        setKeyExchangeFactories(
                common.getKeyExchangeFactories().stream()
                        .map(factory -> SeenExchange.of(factory, check::shown))
                        .toList());
        setKeyAlgorithms(ordered(common.getKeyAlgorithms(), check.wanted()));
    }

    private static List<Factory.Named<KeyAlgorithm>> ordered(
            List<Factory.Named<KeyAlgorithm>> all, HostKeyCheck.Wanted wanted) {
        List<Factory.Named<KeyAlgorithm>> certificates = new ArrayList<>();
        List<Factory.Named<KeyAlgorithm>> known = new ArrayList<>();
        List<Factory.Named<KeyAlgorithm>> others = new ArrayList<>();
        for (Factory.Named<KeyAlgorithm> each : all) {
            if (each.getName().endsWith(CERTIFICATE)) {
                certificates.add(each);
            } else if (wanted.algorithms().contains(each.getName())) {
                known.add(each);
            } else {
                others.add(each);
            }
        }
        List<Factory.Named<KeyAlgorithm>> ordered = new ArrayList<>();
        if (wanted.certified()) {
            ordered.addAll(certificates);
        }
        ordered.addAll(known);
        ordered.addAll(others);
        return ordered;
    }
}
