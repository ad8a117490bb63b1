package dev.mgmt.remote.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.remote.inventory.InventoryOptions.CleartextPasswords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files in a directory of their own in, hosts or problems out. */
class InventoryReaderIT {
    private final InventoryReader reader =
            new InventoryReader(new GraphReader(KindCatalog.installed().kinds()));

    @TempDir private Path directory = Path.of("");

    @TestFactory
    Stream<DynamicTest> inventoriesThatAreRefused() throws IOException {
        return cases("refused.txt");
    }

    @TestFactory
    Stream<DynamicTest> inventoriesThatAreTaken() throws IOException {
        return cases("taken.txt");
    }

    @Test
    void bytesThatAreNotUtf8AreToldWhereTheyAre() throws IOException {
        byte[] bytes = "hosts:\n  caf\u00e9: {}\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(directory.resolve("hosts.yaml"), bytes);
        assertEquals(
                "hosts.yaml:2:6: this is not UTF-8",
                told(read(List.of(file), options()), directory));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
        Path graph = Files.writeString(directory.resolve("g.yaml"), "graph: g\n");
        Path file =
                Files.writeString(
                        directory.resolve("hosts.yaml"), "\uFEFFhosts: {h1: {graph: g.yaml}}\n");
        Inventory inventory = taken(read(List.of(file), options()));
        assertEquals(List.of(file, graph), inventory.files());
    }

    @Test
    void bombsAndNestsAreRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("hosts:\n  a0: &a0 {vars: {x: y}}\n");
        for (int level = 1; level < 40; level++) {
            String below = "*a" + (level - 1);
            bomb.append(
                    "  a%d: &a%d {vars: {x: [%s, %s]}}%n".formatted(level, level, below, below));
        }
        Path file = Files.writeString(directory.resolve("hosts.yaml"), bomb);
        assertTrue(told(read(List.of(file), options()), directory).contains("hosts.yaml:3:22: "));
        Files.writeString(file, "hosts: " + "[".repeat(100_000));
        assertEquals(
                "hosts.yaml: refused: Nesting Depth exceeded max 50",
                told(read(List.of(file), options()), directory));
    }

    @Test
    void theSameGraphIsReadOnceAndHandedOn() throws IOException {
        Files.writeString(directory.resolve("g.yaml"), "graph: g\n");
        Path file =
                Files.writeString(
                        directory.resolve("hosts.yaml"),
                        "groups: {g: {hosts: 'h[1-3]', graph: ./x/../g.yaml}}\n");
        Inventory inventory = taken(read(List.of(file, file), options()));
        assertEquals(3, inventory.hosts().size());
        GraphSource graph = inventory.graphOf(inventory.hosts().getFirst());
        assertEquals("graph: g\n", graph.text());
        assertEquals("g", graph.definition().name());
        assertEquals(1, inventory.graphs().size());
    }

    @Test
    void aPasswordIsInNoText() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("g.yaml"), "graph: g\nremote: ssh://u:hush@h1\n");
        InventoryOptions allowed =
                new InventoryOptions(Optional.empty(), CleartextPasswords.ALLOWED, directory);
        HostSpec host = taken(read(List.of(file), allowed)).hosts().getFirst();
        assertEquals(Optional.of("hush"), host.password());
        assertEquals(-1, host.toString().indexOf("hush"));
    }

    @Test
    void thousandsOfHostsAreReadInTime() throws IOException {
        Files.writeString(directory.resolve("g.yaml"), "graph: g\n");
        Path file =
                Files.writeString(
                        directory.resolve("hosts.yaml"),
                        "groups: {a: {hosts: 'r[1-100]n[1-100]', graph: g.yaml}}\n");
        InventoryOptions some =
                new InventoryOptions(
                        Optional.of("r[1-100]n[1-99]"), CleartextPasswords.REFUSED, directory);
        assertEquals(9_900, taken(read(List.of(file), some)).hosts().size());
    }

    private Stream<DynamicTest> cases(String resource) throws IOException {
        return InventoryCase.of(resource).stream()
                .map(it -> DynamicTest.dynamicTest(it.name(), () -> check(it)));
    }

    private void check(InventoryCase it) throws IOException {
        Path own = Files.createTempDirectory(directory, "case");
        for (Map.Entry<String, String> file : it.files().entrySet()) {
            Path path = own.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        InventoryOptions options =
                new InventoryOptions(it.limit(), it.passwords(), own.resolve("home"));
        List<Path> named = it.named().stream().map(own::resolve).toList();
        assertEquals(it.expected(), told(reader.read(named, options), own));
    }

    private InventoryReading read(List<Path> files, InventoryOptions options) {
        return reader.read(files, options);
    }

    private InventoryOptions options() {
        return new InventoryOptions(Optional.empty(), CleartextPasswords.REFUSED, directory);
    }

    private static Inventory taken(InventoryReading reading) {
        return assertInstanceOf(InventoryReading.Valid.class, reading).inventory();
    }

    private static String told(InventoryReading reading, Path base) {
        Stream<String> lines =
                switch (reading) {
                    case InventoryReading.Valid valid ->
                            valid.inventory().hosts().stream().map(InventoryCase::shown);
                    case InventoryReading.Invalid invalid ->
                            invalid.problems().stream().map(Object::toString);
                };
        return String.join("\n", lines.toList()).replace(base + "/", "");
    }
}
