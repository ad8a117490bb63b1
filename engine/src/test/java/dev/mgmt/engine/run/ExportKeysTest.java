package dev.mgmt.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mgmt.engine.resource.ResourceId;
import org.junit.jupiter.api.Test;

class ExportKeysTest {
    private static void checkRound(String host, String kind, String name, String key) {
        ResourceId id = new ResourceId(kind, name);
        assertEquals(key, ExportKeys.of(host, id));
        assertEquals(new ExportKeys.Place(host, id), ExportKeys.parse(key));
    }

    @Test
    void anyNameGoesThereAndBack() {
        checkRound("h1", "file", "/tmp/a b", "/_mgmt/exports/h1/file/%2Ftmp%2Fa%20b");
        checkRound("h-2.x", "http:get", "ü%", "/_mgmt/exports/h-2.x/http%3Aget/%C3%BC%25");
    }

    @Test
    void otherKeysAreNone() {
        assertNull(ExportKeys.parse("/_mgmt/exports/h1"));
        assertNull(ExportKeys.parse("/_mgmt/exports/h1/file"));
        assertNull(ExportKeys.parse("/_mgmt/exports/h1/file/a/b"));
        assertNull(ExportKeys.parse("/_mgmt/exports/h1/file/%2"));
        assertNull(ExportKeys.parse("/_mgmt/exports//file/x"));
        assertNull(ExportKeys.parse("/_mgmt/hosts/h1/graph/x"));
    }
}
