package dev.mgmt.remote.push;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.kind.KindCatalog;
import dev.mgmt.engine.yaml.GraphReader;
import dev.mgmt.remote.inventory.Inventory;
import dev.mgmt.remote.inventory.InventoryOptions;
import dev.mgmt.remote.inventory.InventoryOptions.CleartextPasswords;
import dev.mgmt.remote.inventory.InventoryReader;
import dev.mgmt.remote.inventory.InventoryReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GraphWatchIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String A =
            "graph: a\nresources: {noop: [{name: one}, {name: two, comment: x}]}\n";
    private static final String B = "graph: b\n";

    private final InventoryReader reader =
            new InventoryReader(new GraphReader(KindCatalog.installed().kinds()));

    @TempDir private Path directory = Path.of("");
    private Path site = Path.of("");
    private Path hosts = Path.of("");
    private Path graph = Path.of("");
    private Optional<GraphWatch> open = Optional.empty();

    @BeforeEach
    void writeInventory() throws IOException {
        site = Files.createDirectories(directory.resolve("up/site"));
        hosts =
                Files.writeString(
                        site.resolve("hosts.yaml"),
                        "hosts: {h1: {graph: a.yaml}, h2: {graph: b.yaml}, h3: {graph: a.yaml}}\n");
        graph = Files.writeString(site.resolve("a.yaml"), A);
        Files.writeString(site.resolve("b.yaml"), B);
    }

    @AfterEach
    void closeWatch() {
        open.ifPresent(GraphWatch::close);
    }

    @Test
    void anEditInPlaceReachesTheHostsOfThatGraph() throws Exception {
        GraphWatch watch = watch();
        Files.writeString(
                graph,
                "graph: a\nresources: {noop: [{name: two, comment: y}, {name: '@@three'}]}\n");
        Edit.Edited edited = untilEdited(watch);
        assertEquals(List.of("h1", "h3"), edited.hosts());
        assertEquals(new GraphDifference(2, 2, 2), edited.difference());
        assertTrue(
                edited.inventory()
                        .graphOf(edited.inventory().hosts().get(2))
                        .text()
                        .contains("three"));
    }

    @Test
    void aFileRenamedOverTheOldOneIsAnEdit() throws Exception {
        GraphWatch watch = watch();
        for (int round = 0; round < 3; round++) {
            Path beside = Files.writeString(site.resolve(".b.yaml.swp"), B + resources(round));
            Files.move(beside, site.resolve("b.yaml"), REPLACE_EXISTING);
            assertEquals(List.of("h2"), edited(watch).hosts());
        }
    }

    @Test
    void aBrokenEditIsRefusedAndItsMendingIsTold() throws Exception {
        GraphWatch watch = watch();
        save(graph, "graph: a\nresorces: {}\n");
        Edit.Refused refused = assertInstanceOf(Edit.Refused.class, next(watch));
        assertEquals(2, refused.problems().getFirst().line());
        assertEquals(graph.toString(), refused.problems().getFirst().file());
        save(graph, A);
        assertInstanceOf(Edit.Unchanged.class, next(watch));
        save(graph, A + "comment: only words\n");
        assertInstanceOf(Edit.Unchanged.class, next(watch));
        save(graph, "graph: a\n");
        assertEquals(new GraphDifference(0, 0, 4), edited(watch).difference());
    }

    @Test
    void variablesReachTheHostsWhoseTemplatesMayAskForThem() throws Exception {
        Files.writeString(
                site.resolve("b.yaml"),
                "graph: b\nresources: {noop: [{name: x, comment: !template '{{role}}'}]}\n");
        String before =
                "hosts: {h1: {graph: a.yaml, vars: {role: web}}, h2: {graph: b.yaml, vars: {role:"
                        + " web}}, h3: {graph: a.yaml}}\n";
        save(hosts, before);
        GraphWatch watch = watch();
        save(hosts, before.replace("role: web", "role: db"));
        assertEquals(List.of("h2"), edited(watch).hosts());
        save(hosts, before.replace("role: web", "rol: db"));
        assertEquals(
                "there is no variable `role` for the host h2",
                assertInstanceOf(Edit.Refused.class, next(watch)).problems().getFirst().message());
    }

    @Test
    void aHostMayTakeAnotherGraphThatLiesElsewhere() throws Exception {
        GraphWatch watch = watch();
        Path elsewhere = directory.resolve("elsewhere/new.yaml");
        save(hosts, Files.readString(hosts).replace("b.yaml", elsewhere.toString()));
        Edit.Refused refused = assertInstanceOf(Edit.Refused.class, next(watch));
        assertEquals(
                "there is no file `" + elsewhere + "`", refused.problems().getFirst().message());
        Files.createDirectories(elsewhere.getParent());
        save(elsewhere, "graph: new\n" + resources(1));
        assertEquals(List.of("h2"), untilEdited(watch).hosts());
        save(elsewhere, "graph: new\n" + resources(2));
        assertEquals(List.of("h2"), edited(watch).hosts());
    }

    @Test
    void hostsThatComeGoOrMoveNeedARestart() throws Exception {
        GraphWatch watch = watch();
        save(
                hosts,
                "hosts: {h1: {graph: a.yaml}, h2: {graph: b.yaml, port: 2222}, h4: {graph: a.yaml}}\n");
        Edit.Refused refused = assertInstanceOf(Edit.Refused.class, next(watch));
        assertEquals(
                List.of(
                        "how `h2` is reached was changed",
                        "the host `h4` was added",
                        "the host `h3` was removed"),
                refused.problems().stream().map(it -> it.message()).toList());
        assertEquals("restart the run to take it up", refused.problems().getFirst().advice());
    }

    @Test
    void aDirectoryMayVanishAndReturn() throws Exception {
        GraphWatch watch = watch();
        Path away = directory.resolve("away");
        Files.move(directory.resolve("up"), away);
        assertInstanceOf(Edit.Refused.class, next(watch));
        Files.writeString(away.resolve("site/b.yaml"), B + resources(7));
        Files.move(away, directory.resolve("up"));
        assertEquals(List.of("h2"), untilEdited(watch).hosts());
        Files.writeString(site.resolve("b.yaml"), B + resources(8));
        assertEquals(List.of("h2"), untilEdited(watch).hosts());
    }

    @Test
    void whatALinkLeadsToIsWatchedToo() throws Exception {
        Path target = Files.writeString(directory.resolve("target.yaml"), B);
        Files.delete(site.resolve("b.yaml"));
        Files.createSymbolicLink(site.resolve("b.yaml"), target);
        GraphWatch watch = watch();
        save(target, B + resources(1));
        assertEquals(List.of("h2"), edited(watch).hosts());
    }

    @Test
    void whatChangedBeforeTheWatchBeganIsNoticed() throws Exception {
        Inventory inventory = inventory();
        Files.writeString(graph, "graph: a\n");
        GraphWatch watch = GraphWatch.open(reader, options(), List.of(hosts), inventory);
        open = Optional.of(watch);
        assertEquals(List.of("h1", "h3"), edited(watch).hosts());
    }

    @Test
    void otherFilesWakeNobodyAndClosingEndsTheWait() throws Exception {
        GraphWatch watch = watch();
        FutureTask<Optional<Edit>> waiting = start(watch);
        Files.writeString(site.resolve("notes.txt"), "nothing");
        Files.writeString(directory.resolve("notes.txt"), "nothing");
        boolean woken = true;
        try {
            waiting.get(100, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillWaiting) {
            woken = false;
        }
        assertEquals(false, woken);
        watch.close();
        assertEquals(Optional.empty(), waiting.get(SOON.toSeconds(), TimeUnit.SECONDS));
        assertEquals(Optional.empty(), watch.next());
    }

    private static String resources(int round) {
        return "resources: {noop: [{name: round%d}]}\n".formatted(round);
    }

    /** As careful editors do: there is no moment at which the file is half written. */
    private void save(Path file, String text) throws IOException {
        Path beside = Files.writeString(directory.resolve("saving"), text);
        Files.move(beside, file, REPLACE_EXISTING);
    }

    private GraphWatch watch() throws IOException {
        GraphWatch watch = GraphWatch.open(reader, options(), List.of(hosts), inventory());
        open = Optional.of(watch);
        return watch;
    }

    private Inventory inventory() {
        return assertInstanceOf(
                        InventoryReading.Valid.class, reader.read(List.of(hosts), options()))
                .inventory();
    }

    private InventoryOptions options() {
        return new InventoryOptions(Optional.empty(), CleartextPasswords.REFUSED, directory);
    }

    private Edit.Edited edited(GraphWatch watch) throws Exception {
        return assertInstanceOf(Edit.Edited.class, next(watch));
    }

    /** Past what is seen of a change that takes several steps. */
    private Edit.Edited untilEdited(GraphWatch watch) throws Exception {
        Instant end = Instant.now().plus(SOON);
        while (Instant.now().isBefore(end)) {
            if (next(watch) instanceof Edit.Edited edited) {
                return edited;
            }
        }
        throw new AssertionError("no edit within " + SOON);
    }

    private static Edit next(GraphWatch watch)
            throws InterruptedException, ExecutionException, TimeoutException {
        return start(watch).get(SOON.toSeconds(), TimeUnit.SECONDS).orElseThrow();
    }

    private static FutureTask<Optional<Edit>> start(GraphWatch watch) {
        FutureTask<Optional<Edit>> task = new FutureTask<>(watch::next);
        Thread.ofVirtual().start(task);
        return task;
    }
}
