package dev.mgmt.tunnel.identity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One known_hosts file, read once: sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". Lines that cannot be
 * read are passed over, as OpenSSH does. Immutable; safe for many threads.
 *
 * <p>A certificate authority's line is never a host key.
 */
public final class KnownHosts {
    private static final KnownHosts EMPTY = new KnownHosts(Path.of(""), List.of());

    private enum Marker {
        NONE,
        REVOKED,
        CERT_AUTHORITY
    }

    private record Entry(int line, Marker marker, HostPattern host, HostKey key) {}

    private final Path file;
    private final Map<String, List<Entry>> byName = new HashMap<>();
    private final List<Entry> byPattern = new ArrayList<>();

    /** Hashed lines cost an HMAC each: a host is looked up once for its key types and its key. */
    private final Map<String, List<Entry>> found = new ConcurrentHashMap<>();

    private KnownHosts(Path file, List<Entry> entries) {
        this.file = file;
        for (Entry entry : entries) {
            if (entry.host() instanceof HostPattern.Names(List<String> names)) {
                for (String name : names) {
                    byName.computeIfAbsent(name, n -> new ArrayList<>()).add(entry);
                }
            } else {
                byPattern.add(entry);
            }
        }
    }

    /** A file that is not there. */
    public static KnownHosts empty() {
        return EMPTY;
    }

    /**
     * @param file named by verdicts; not read
     */
    public static KnownHosts parse(Path file, String text) {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            entry(i + 1, lines.get(i)).ifPresent(entries::add);
        }
        return new KnownHosts(file, entries);
    }

    private static Optional<Entry> entry(int line, String text) {
        String[] words = text.strip().split("[ \t]+", 5);
        if (words[0].isEmpty() || words[0].startsWith("#")) {
            return Optional.empty();
        }
        int first = words[0].startsWith("@") ? 1 : 0;
        Optional<Marker> marker = first == 0 ? Optional.of(Marker.NONE) : marker(words[0]);
        if (marker.isEmpty() || words.length < first + 3) {
            return Optional.empty();
        }
        HostKey key = new HostKey(words[first + 1], words[first + 2]);
        return HostPattern.parse(words[first].toLowerCase(Locale.ROOT), words[first])
                .map(host -> new Entry(line, marker.get(), host, key));
    }

    private static Optional<Marker> marker(String word) {
        return switch (word) {
            case "@revoked" -> Optional.of(Marker.REVOKED);
            case "@cert-authority" -> Optional.of(Marker.CERT_AUTHORITY);
            // An unknown marker may mean anything but trust.
            case String _ -> Optional.empty();
        };
    }

    public HostKeyVerdict check(HostName host, HostKey key) {
        HostKeyVerdict verdict = check(entries(host.text()), key);
        if (verdict instanceof HostKeyVerdict.Unknown && host.port() != HostName.SSH_PORT) {
            return onItsOwnPort(host, key);
        }
        return verdict;
    }

    /**
     * A server on another port may be the one known under the bare name; if it is not, it is simply
     * another server.
     */
    private HostKeyVerdict onItsOwnPort(HostName host, HostKey key) {
        HostKeyVerdict bare = check(entries(host.host()), key);
        return bare instanceof HostKeyVerdict.Changed ? new HostKeyVerdict.Unknown() : bare;
    }

    private HostKeyVerdict check(List<Entry> entries, HostKey key) {
        Optional<HostKeyVerdict> verdict = Optional.empty();
        for (Entry entry : entries) {
            boolean same = entry.key().base64().equals(key.base64());
            switch (entry.marker()) {
                case REVOKED -> {
                    if (same) {
                        return new HostKeyVerdict.Revoked(file, entry.line());
                    }
                }
                case NONE -> {
                    if (same) {
                        verdict = Optional.of(new HostKeyVerdict.Known());
                    } else if (verdict.isEmpty()) {
                        verdict = Optional.of(new HostKeyVerdict.Changed(file, entry.line()));
                    }
                }
                case CERT_AUTHORITY -> {}
            }
        }
        return verdict.orElseGet(HostKeyVerdict.Unknown::new);
    }

    /**
     * What is said of a host's certificate: known if a line names its authority for this host,
     * revoked if one revokes the authority, the key or the certificate, and unknown otherwise.
     */
    public HostKeyVerdict checkAuthority(HostName host, HostKey authority, List<HostKey> shown) {
        List<Entry> all = new ArrayList<>(entries(host.text()));
        if (host.port() != HostName.SSH_PORT) {
            all.addAll(entries(host.host()));
        }
        boolean trusted = false;
        for (Entry entry : all) {
            boolean same = entry.key().base64().equals(authority.base64());
            switch (entry.marker()) {
                case REVOKED -> {
                    if (same || shown.stream().anyMatch(entry.key()::sameAs)) {
                        return new HostKeyVerdict.Revoked(file, entry.line());
                    }
                }
                case CERT_AUTHORITY -> trusted |= same;
                case NONE -> {}
            }
        }
        return trusted ? new HostKeyVerdict.Known() : new HostKeyVerdict.Unknown();
    }

    /** Whether some authority's certificates are trusted for this host. */
    public boolean hasAuthority(HostName host) {
        return Stream.concat(entries(host.text()).stream(), entries(host.host()).stream())
                .anyMatch(entry -> entry.marker() == Marker.CERT_AUTHORITY);
    }

    /** Types of the keys listed for a host, which it should be asked to show. */
    public Set<String> keyTypes(HostName host) {
        Set<String> types = types(entries(host.text()));
        return types.isEmpty() ? types(entries(host.host())) : types;
    }

    private static Set<String> types(List<Entry> entries) {
        Set<String> types = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.marker() == Marker.NONE) {
                types.add(entry.key().type());
            }
        }
        return types;
    }

    private List<Entry> entries(String name) {
        return found.computeIfAbsent(name, this::search);
    }

    private List<Entry> search(String name) {
        List<Entry> matches = new ArrayList<>(byName.getOrDefault(name, List.of()));
        HostPattern.Subject subject = new HostPattern.Subject(name);
        for (Entry entry : byPattern) {
            if (entry.host().matches(subject)) {
                matches.add(entry);
            }
        }
        return List.copyOf(matches);
    }
}
