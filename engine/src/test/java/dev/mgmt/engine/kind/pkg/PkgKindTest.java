package dev.mgmt.engine.kind.pkg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class PkgKindTest {
    private static PkgResource read(String fields) {
        Resource resource =
                GraphTester.read(
                                "graph: g\nresources:\n  pkg:\n  - {name: pear, state: newest"
                                        + fields
                                        + "}\n")
                        .resources()
                        .getFirst();
        assertEquals(new ResourceId("pkg", "pear"), resource.id());
        return (PkgResource) resource;
    }

    @Test
    void nothingIsAllowedUnlessItIsSaid() {
        assertEquals(EnumSet.noneOf(PkgResource.Allow.class), read("").allows());
        assertEquals(
                EnumSet.of(PkgResource.Allow.UNSUPPORTED),
                read(", allowunsupported: true, allowuntrusted: false").allows());
        assertEquals(
                EnumSet.allOf(PkgResource.Allow.class),
                read(", allowuntrusted: true, allownonfree: true, allowunsupported: true,"
                                + " allowdowngrade: true")
                        .allows());
    }
}
