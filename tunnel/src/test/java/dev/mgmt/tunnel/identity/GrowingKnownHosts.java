package dev.mgmt.tunnel.identity;

import java.io.IOException;
import java.nio.file.Path;

/** A process that accepts keys of many hosts: the file, the first host's number and how many. */
public final class GrowingKnownHosts {
    private GrowingKnownHosts() {}

    public static void main(String[] args) {
        int first = Integer.parseInt(args[1]);
        int count = Integer.parseInt(args[2]);
        HostKeyBook book = new HostKeyBook();
        try {
            for (int i = first; i < first + count; i++) {
                var key = new HostKey("ssh-ed25519", "A".repeat(68));
                var verdict =
                        book.accept(
                                Path.of(args[0]),
                                new HostName("host" + i, 22),
                                key,
                                HostKeyTrust.Names.PLAIN);
                System.out.println(i + " " + verdict);
            }
        } catch (IOException e) {
            System.out.println("failed: " + e.getMessage());
        }
    }
}
