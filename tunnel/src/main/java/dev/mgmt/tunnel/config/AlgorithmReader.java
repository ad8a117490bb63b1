package dev.mgmt.tunnel.config;

import dev.mgmt.tunnel.AlgorithmLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which algorithms may be agreed upon. What the client has by itself limits nothing. */
final class AlgorithmReader {
    private static final int SHOWN = 80;

    private final Reading reading;
    private final String host;
    private final ClientAnswer answer;
    private final List<ConfigProblem> problems = new ArrayList<>();

    AlgorithmReader(Reading reading, String host, ClientAnswer answer) {
        this.reading = reading;
        this.host = host;
        this.answer = answer;
    }

    AlgorithmLimits read() {
        Offer offer = reading.offer();
        checkUserKeys("pubkeyacceptedalgorithms");
        checkUserKeys("pubkeyacceptedkeytypes");
        checkUserKeys("casignaturealgorithms");
        return new AlgorithmLimits(
                limit("kexalgorithms", offer.keyExchanges()),
                limit("hostkeyalgorithms", offer.hostKeys()),
                limit("ciphers", offer.ciphers()),
                limit("macs", offer.macs()),
                smallestRsaKey());
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    private Optional<List<String>> limit(String option, Set<String> supported) {
        Optional<List<String>> wanted = changed(option);
        if (wanted.isPresent() && wanted.get().stream().noneMatch(supported::contains)) {
            refuse(option, "of these, none can be used: mgmt has " + sorted(supported));
        }
        return wanted;
    }

    /** What keys sign with cannot be limited, so nothing that they may do must be missing. */
    private void checkUserKeys(String option) {
        Optional<List<String>> wanted = changed(option);
        if (wanted.isPresent() && !wanted.get().containsAll(reading.offer().userKeys())) {
            refuse(
                    option,
                    "it can be kept to only if it has " + sorted(reading.offer().userKeys()));
        }
    }

    private Optional<List<String>> changed(String option) {
        Optional<String> said = answer.first(option);
        return said.equals(reading.defaults().first(option))
                ? Optional.empty()
                : said.map(HostReader::list);
    }

    private int smallestRsaKey() {
        Optional<String> said =
                answer.first("requiredrsasize").or(() -> answer.first("rsaminsize"));
        return Numbers.in(said, 1, Integer.MAX_VALUE).orElse(AlgorithmLimits.SMALLEST_RSA_KEY);
    }

    private static String sorted(Set<String> names) {
        return String.join(",", new TreeSet<>(names));
    }

    private void refuse(String option, String advice) {
        String value = answer.first(option).orElse("");
        problems.add(
                ConfigProblem.unsupported(
                        host,
                        OptionUse.spelled(option),
                        value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value,
                        advice));
    }
}
