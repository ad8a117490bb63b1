package dev.mgmt.engine.kind.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.EngineOptions;
import dev.mgmt.engine.EngineStatus;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.os.HostRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users and groups on a host that has nothing but BusyBox (package busybox-static). Debian builds
 * it without the account applets, so scripts stand in for them that take what BusyBox 1.36 takes
 * and nothing else.
 */
class BusyboxAccountIT {
    private static final String ADDGROUP =
            """
            [ "$1" = -g ] && gid=$2 && shift 2
            if [ $# = 2 ]; then
              grep -q "^$2:.*:$" /etc/group && sed -i "s/^\\($2:.*\\)/\\1$1/" /etc/group && exit
              sed -i "s/^\\($2:.*\\)/\\1,$1/" /etc/group
            else
              grep -q "^$1:" /etc/group && echo "addgroup: group '$1' in use" >&2 && exit 1
              echo "$1:x:${gid:-1000}:" >>/etc/group
            fi
            """;

    private static final String DELGROUP =
            """
            if [ $# = 2 ]; then
              sed -i "/^$2:/{s/:$1,/:/;s/,$1,/,/;s/[,:]$1$/:/;s/::$/:/}" /etc/group
            else
              sed -i "/^$1:/d" /etc/group
            fi
            """;

    private static final String ADDUSER =
            """
            while getopts "DHh:s:u:G:" o; do
              case $o in
                D|H) ;;
                h) home=$OPTARG ;;
                s) shell=$OPTARG ;;
                u) uid=$OPTARG ;;
                G) gid=$(sed -n "s/^$OPTARG:x:\\([0-9]*\\):.*/\\1/p" /etc/group) ;;
                *) exit 1 ;;
              esac
            done
            shift $((OPTIND - 1))
            mkdir -p "$home"
            echo "$1:x:$uid:$gid:Linux User,,,:$home:$shell" >>/etc/passwd
            """;

    @TempDir private Path dir;

    private void script(String name, String body) throws IOException {
        Path file = Files.writeString(dir.resolve("bin/" + name), "#!/bin/sh\n" + body);
        assertTrue(file.toFile().setExecutable(true));
    }

    private HostRoot alpine() throws IOException {
        String busybox =
                HostRoot.REAL
                        .find("busybox")
                        .orElseThrow(() -> new AssertionError("install busybox-static"));
        Path bin = Files.createDirectories(dir.resolve("bin"));
        Files.copy(Path.of(busybox), bin.resolve("busybox"));
        assertTrue(bin.resolve("busybox").toFile().setExecutable(true));
        for (String applet : new String[] {"sh", "mkdir", "sed", "grep"}) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        script("addgroup", ADDGROUP);
        script("delgroup", DELGROUP);
        script("adduser", ADDUSER);
        script("deluser", "sed -i \"/^$1:/d\" /etc/passwd");
        Files.createDirectories(dir.resolve("etc"));
        Files.createDirectories(dir.resolve("home"));
        Files.writeString(dir.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        Files.writeString(dir.resolve("etc/group"), "root:x:0:root\n");
        Files.writeString(dir.resolve("etc/shadow"), "root:*:1:0:99999:7:::\n");
        return new HostRoot(dir);
    }

    @Test
    void accountsAreMadeJoinedAndRemoved() throws IOException {
        try (GraphTester tester = GraphTester.openAt(EngineOptions.of("h1"), alpine())) {
            EngineStatus status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              group:
                              - {name: a, state: exists, gid: 4001}
                              - {name: b, state: exists, gid: 4002}
                              user:
                              - {name: u, state: exists, uid: 4242, group: a, groups: [b],
                                 homedir: /home/u, shell: /bin/sh}
                            """);
            assertTrue(status.failures().isEmpty(), status.failures().toString());
            assertTrue(text("passwd").contains("u:x:4242:4001:"), text("passwd"));
            assertTrue(text("passwd").contains(":/home/u:/bin/sh"), text("passwd"));
            assertTrue(text("group").contains("b:x:4002:u\n"), text("group"));
            assertTrue(Files.isDirectory(dir.resolve("home/u")));

            tester.converge(
                    """
                    graph: g
                    resources:
                      user:
                      - {name: u, state: exists, groups: [a, root]}
                    """);
            assertTrue(text("group").contains("a:x:4001:u\n"), text("group"));
            assertTrue(text("group").contains("root:x:0:root,u\n"), text("group"));
            assertTrue(text("group").contains("b:x:4002:\n"), text("group"));

            status =
                    tester.converge(
                            """
                            graph: g
                            resources:
                              user:
                              - {name: u, state: exists, uid: 7}
                            """);
            String reason = status.failures().getFirst().reason();
            assertTrue(reason.contains("install the package shadow"), reason);

            tester.converge(
                    """
                    graph: g
                    resources:
                      user:
                      - {name: u, state: absent}
                      group:
                      - {name: b, state: absent}
                    """);
            assertTrue(!text("passwd").contains("u:x"), text("passwd"));
            assertTrue(!text("group").contains("b:x"), text("group"));
            assertEquals(0, tester.awaitIdle().counts().failed());
        }
    }

    @Test
    void hostWithNeitherSaysWhatToInstall() throws IOException {
        Files.createDirectories(dir.resolve("etc"));
        Files.writeString(dir.resolve("etc/passwd"), "");
        Files.writeString(dir.resolve("etc/group"), "");
        try (GraphTester tester = GraphTester.openAt(EngineOptions.of("h1"), new HostRoot(dir))) {
            EngineStatus status =
                    tester.converge(
                            "graph: g\nresources:\n  group:\n  - {name: a, state: exists}\n");
            String reason = status.failures().getFirst().reason();
            assertTrue(reason.contains("neither useradd nor adduser"), reason);
        }
    }

    private String text(String file) throws IOException {
        return Files.readString(dir.resolve("etc").resolve(file));
    }
}
