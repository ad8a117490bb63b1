package dev.mgmt.tunnel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom the client is asked about, with what is known already and so comes before its configuration.
 *
 * @param host as an operator would write it behind {@code ssh}
 * @param jumps what {@code -J} would be given
 */
public record HostQuery(
        String host, Optional<Integer> port, Optional<String> user, Optional<String> jumps) {
    public static HostQuery of(String host) {
        return new HostQuery(host, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Command line words; no value can be taken for an option. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        port.ifPresent(number -> words.addAll(List.of("-p", number.toString())));
        user.ifPresent(name -> words.addAll(List.of("-l", name)));
        jumps.ifPresent(list -> words.addAll(List.of("-J", list)));
        words.addAll(List.of("--", host));
        return words;
    }
}
