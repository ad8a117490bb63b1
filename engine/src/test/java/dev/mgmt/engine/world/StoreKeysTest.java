package dev.mgmt.engine.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mgmt.engine.world.StoreKeys.Export;
import dev.mgmt.engine.world.StoreKeys.Value;
import org.junit.jupiter.api.Test;

class StoreKeysTest {
    private static void checkRound(Export export, String key) {
        assertEquals(key, StoreKeys.export(export));
        assertEquals(export, StoreKeys.parseExport(key));
    }

    @Test
    void anyNameGoesThereAndBack() {
        checkRound(new Export("h1", "file", "/tmp/a b"), "/_mgmt/exports/h1/file/%2Ftmp%2Fa%20b");
        checkRound(
                new Export("h-2.x", "http:get", "ü%"), "/_mgmt/exports/h-2.x/http%3Aget/%C3%BC%25");
    }

    @Test
    void otherKeysAreNoExports() {
        assertNull(StoreKeys.parseExport("/_mgmt/exports/h1"));
        assertNull(StoreKeys.parseExport("/_mgmt/exports/h1/file"));
        assertNull(StoreKeys.parseExport("/_mgmt/exports/h1/file/a/b"));
        assertNull(StoreKeys.parseExport("/_mgmt/exports/h1/file/%2"));
        assertNull(StoreKeys.parseExport("/_mgmt/exports//file/x"));
        assertNull(StoreKeys.parseExport("/_mgmt/hosts/h1/graph/x"));
    }

    @Test
    void valuesLieByKeyAndThenByHost() {
        Value value = new Value("web/port *", "h1:22");
        assertEquals("/_mgmt/kv/web%2Fport%20%2A/h1%3A22", StoreKeys.value(value));
        assertEquals(value, StoreKeys.parseValue("/_mgmt/kv/web%2Fport%20%2A/h1%3A22"));
        assertNull(StoreKeys.parseValue("/_mgmt/kv/a"));
        assertNull(StoreKeys.parseValue("/_mgmt/kv/a/b/c"));
        assertEquals("/_mgmt/kv/*/h1", StoreKeys.valuesOf("h1"));
    }

    @Test
    void whatIsOfAHostHasOnePartForItsNameWhateverThatIsMadeOf() {
        assertEquals("/_mgmt/hosts/a%2Fb%3A22/graph", StoreKeys.graph("a/b:22"));
        assertEquals("/_mgmt/hosts/a%2Fb%3A22/vars", StoreKeys.variables("a/b:22"));
        assertEquals("/_mgmt/hosts/h1/facts", StoreKeys.facts("h1"));
        assertEquals("/_mgmt/exports/h%25/", StoreKeys.exports("h%"));
        assertEquals("/_mgmt/semaphores/a%2F/h%25/", StoreKeys.semaphore("a/", "h%"));
    }
}
