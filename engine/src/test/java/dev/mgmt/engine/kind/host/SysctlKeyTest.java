package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SysctlKeyTest {
    private static String path(String key) {
        return SysctlKey.of(key).map(SysctlKey::live).map(Path::toString).orElse("none");
    }

    @Test
    void nameIsReadAsSysctlReadsIt() {
        assertEquals("/proc/sys/net/ipv4/ip_forward", path("net.ipv4.ip_forward"));
        assertEquals("/proc/sys/net/ipv4/ip_forward", path("net/ipv4/ip_forward"));
        assertEquals("/proc/sys/net/ipv4/conf/eth0.5/mtu", path("net.ipv4.conf.eth0/5.mtu"));
        assertEquals("/proc/sys/net/ipv4/conf/eth0.5/mtu", path("net/ipv4/conf/eth0.5/mtu"));
    }

    @Test
    void nameThatLeadsElsewhereIsNone() {
        for (String bad :
                new String[] {"", "kernel", "net..x", "net/../x", "../x/y", "a b.c", "/net/x"}) {
            assertEquals("none", path(bad), bad);
        }
    }

    @Test
    void nameIsKeptUnambiguously() {
        SysctlKey key = SysctlKey.of("net/ipv4/conf/eth0.5/mtu").orElseThrow();
        assertEquals("net.ipv4.conf.eth0/5.mtu", key.toString());
        assertEquals(Optional.of(key), SysctlKey.of(key.toString()));
        assertEquals(Path.of("/etc/sysctl.d/99-mgmt-net.ipv4.conf.eth0.5.mtu.conf"), key.kept());
    }
}
