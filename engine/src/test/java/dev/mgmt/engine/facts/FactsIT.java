package dev.mgmt.engine.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.exchange.Value;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsIT {
    @TempDir private Path directory;

    private void write(String path, String content) throws IOException {
        Path file = directory.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Value.Entries facts() {
        return Facts.of(new HostRoot(directory), "h1");
    }

    private String fact(String name) {
        return Facts.find(facts(), name).orElseThrow();
    }

    private static void collect(String prefix, Value.Entries facts, Set<String> names) {
        facts.entries()
                .forEach(
                        (name, value) -> {
                            names.add(prefix + name);
                            if (value instanceof Value.Entries inner) {
                                collect(prefix + name + ".", inner, names);
                            }
                        });
    }

    @Test
    void everyNameHasAValueOnEveryHost() {
        for (HostRoot root : List.of(HostRoot.REAL, new HostRoot(directory))) {
            Set<String> names = new LinkedHashSet<>();
            collect("", Facts.of(root, "h1"), names);
            assertEquals(Set.copyOf(Facts.names()), names);
        }
    }

    @Test
    void thisMachineTellsWhatItIs() {
        Value.Entries facts = Facts.of(HostRoot.REAL, "h1");
        assertEquals("h1", Facts.find(facts, "host").orElseThrow());
        for (String name :
                List.of("hostname", "arch", "kernel", "os.id", "os.family", "cpu.count")) {
            assertTrue(Facts.find(facts, name).filter(text -> !text.isEmpty()).isPresent(), name);
        }
        assertTrue(Long.parseLong(Facts.find(facts, "memory.mib").orElseThrow()) > 100);
        assertTrue(!mounts(facts).isEmpty());
        assertEquals(facts, Facts.of(HostRoot.REAL, "h1"), "the same at every look");
    }

    @Test
    void aSystemIsKnownByItsOsRelease() throws IOException {
        write(
                "/etc/os-release",
                """
                # a comment
                NAME="Rocky \\"Linux\\""
                ID=rocky
                ID_LIKE='rhel centos fedora'
                VERSION_ID="9.4"
                """);
        assertEquals("Rocky \"Linux\"", fact("os.name"));
        assertEquals("rocky", fact("os.id"));
        assertEquals("redhat", fact("os.family"));
        assertEquals("9.4", fact("os.version"));
        assertEquals("", fact("os.codename"));
        write("/etc/os-release", "ID=void\n");
        assertEquals("void", fact("os.family"));
        Files.delete(directory.resolve("etc/os-release"));
        write("/usr/lib/os-release", "ID=alpine\n");
        assertEquals("alpine", fact("os.id"));
    }

    @Test
    void memoryAndProcessorsAreCounted() throws IOException {
        write("/proc/meminfo", "MemTotal:        2048 kB\nMemFree: 1 kB\nSwapTotal:  1024 kB\n");
        write(
                "/proc/cpuinfo",
                "processor\t: 0\nmodel name\t: A: B\n\nprocessor\t: 1\nmodel name\t: A: B\n");
        assertEquals("2097152", fact("memory.bytes"));
        assertEquals("2", fact("memory.mib"));
        assertEquals("1", fact("swap.mib"));
        assertEquals("2", fact("cpu.count"));
        assertEquals("A: B", fact("cpu.model"));
    }

    @Test
    void whatTheKernelMakesUpIsNoMount() throws IOException {
        write("/proc/filesystems", "nodev\tproc\nnodev\ttmpfs\n\text4\n");
        write(
                "/proc/self/mounts",
                "/dev/sda1 / ext4 rw 0 0\nproc /proc proc rw 0 0\ntmpfs /a\\040b tmpfs rw 0 0\n");
        assertEquals(List.of("/ ext4", "/a b tmpfs"), mounts(facts()));
    }

    private static List<String> mounts(Value.Entries facts) {
        List<String> mounts = new ArrayList<>();
        if (facts.entries().get("mounts") instanceof Value.Items(List<Value> items)) {
            for (Value item : items) {
                Value.Entries mount = (Value.Entries) item;
                mounts.add(
                        Facts.find(mount, "path").orElseThrow()
                                + " "
                                + Facts.find(mount, "type").orElseThrow());
            }
        }
        return mounts;
    }
}
