package dev.mgmt.tunnel.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PeerAccountTest {
    private static final List<String> TABLE =
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:094B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 100 1 0 100 0 0 10 0
               1: 0100007F:A001 0100007F:094B 01 00000000:00000000 00:00000000 00000000  1000        0 101 1 0 20 4 30 10 -1
               2: 0100007F:A002 0100007F:094B 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0
               3: 0100007F:A003 0100007F:094B 04 00000000:00000000 00:00000000 00000000     0        0 0 1 0 20 4 30 10 -1
               4: 0000000000000000FFFF00000100007F:A004 0000000000000000FFFF00000100007F:094B 01 00000000:00000000 00:00000000 00000000  1004        0 102 1 0 20 4 30 10 -1
               5: 00000000000000000000000001000000:A005 00000000000000000000000001000000:094B 01 00000000:00000000 00:00000000 00000000  1005        0 103 1 0 20 4 30 10 -1
            """
                    .lines()
                    .toList();

    @Test
    void theAccountIsThatOfTheSocketAtTheOtherEnd() {
        assertEquals(OptionalInt.of(1000), owner("127.0.0.1", 0xA001));
        assertEquals(OptionalInt.of(1004), owner("127.0.0.1", 0xA004));
        assertEquals(OptionalInt.of(1005), owner("::1", 0xA005));
    }

    @Test
    void whoHasClosedItsSocketIsNotTakenForRoot() {
        assertEquals(OptionalInt.empty(), owner("127.0.0.1", 0xA002));
        assertEquals(OptionalInt.empty(), owner("127.0.0.1", 0xA003));
        assertEquals(OptionalInt.empty(), owner("127.0.0.1", 0xA009));
    }

    private static OptionalInt owner(String address, int port) {
        InetAddress both = InetAddress.ofLiteral(address);
        return PeerAccount.owner(
                TABLE, new InetSocketAddress(both, port), new InetSocketAddress(both, 0x094B));
    }
}
