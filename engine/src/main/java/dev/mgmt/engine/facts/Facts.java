package dev.mgmt.engine.facts;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.os.HostRoot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What templates may know of a host. Only what stays the same while the host runs, or changes when
 * somebody changes it: free memory would be another text at every look.
 */
public final class Facts {
    /**
     * In all of them, in the order of the documentation; what stands in lists has its own names.
     */
    private static final List<String> NAMES =
            List.of(
                    "host",
                    "hostname",
                    "arch",
                    "kernel",
                    "os",
                    "os.id",
                    "os.name",
                    "os.version",
                    "os.codename",
                    "os.family",
                    "cpu",
                    "cpu.count",
                    "cpu.model",
                    "memory",
                    "memory.bytes",
                    "memory.mib",
                    "swap",
                    "swap.mib",
                    "address",
                    "address6",
                    "addresses",
                    "interfaces",
                    "mounts");

    private Facts() {}

    /** Every name that {@link #of} gives a value, with its parents, on whatever host. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Reads them now. What this host does not tell is empty.
     *
     * @param host its name in the run and in the store
     */
    public static Value.Entries of(HostRoot root, String host) {
        SystemFiles files = new SystemFiles(root);
        Network network = Network.ofThisHost();
        Map<String, Value> facts = new LinkedHashMap<>();
        facts.put("host", text(host));
        facts.put("hostname", text(files.line("/proc/sys/kernel/hostname")));
        facts.put("arch", text(Architecture.name(System.getProperty("os.arch", ""))));
        facts.put("kernel", text(files.line("/proc/sys/kernel/osrelease")));
        facts.put("os", OsRelease.of(files).entries());
        facts.put("cpu", Cpu.of(files));
        facts.putAll(Memory.of(files));
        facts.put("address", text(network.first(Network.Family.IPV4)));
        facts.put("address6", text(network.first(Network.Family.IPV6)));
        facts.put("addresses", network.addresses());
        facts.put("interfaces", network.interfaces());
        facts.put("mounts", Mounts.of(files));
        return new Value.Entries(facts);
    }

    static Value text(String text) {
        return new Value.Scalar(text, Value.Style.QUOTED);
    }

    static Value.Entries entries(Map<String, String> texts) {
        Map<String, Value> entries = new LinkedHashMap<>();
        texts.forEach((name, text) -> entries.put(name, text(text)));
        return new Value.Entries(entries);
    }

    /** A fact by its dotted name, for whoever wants just one. */
    public static Optional<String> find(Value.Entries facts, String name) {
        Value found = facts;
        for (String part : name.split("\\.", -1)) {
            if (!(found instanceof Value.Entries(Map<String, Value> entries))) {
                return Optional.empty();
            }
            found = entries.get(part);
        }
        return found instanceof Value.Scalar(String text, Value.Style _)
                ? Optional.of(text)
                : Optional.empty();
    }
}
