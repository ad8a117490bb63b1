package dev.mgmt.engine.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mgmt.engine.GraphTester;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What undoes a resource: where it may be written in a file, it is what the table says. */
class ReversedTest {
    private static Resource read(String kind, String fields) {
        String yaml = "graph: g\nresources:\n  %s:\n  - {%s}".formatted(kind, fields);
        return GraphTester.read(yaml).resources().getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    file  | name: /a, symlink: true, source: b          | name: /a, state: absent
                    file  | name: /a/, force: true                      | name: /a/, state: absent
                    group | name: a, state: exists, gid: 7              | name: a, state: absent
                    user  | name: a, state: exists, shell: /bin/sh      | name: a, state: absent
                    pkg   | name: a, state: newest                      | name: a, state: uninstalled
                    svc   | name: a, state: running                     | name: a, state: stopped
                    svc   | name: a, startup: enabled, state: stopped   | name: a, startup: disabled
                    nspawn | name: a, state: running                    | name: a, state: stopped
                    kv    | name: a, key: k, value: v                   | name: a, key: k
                    noop  | name: a                                     | name: a
                    cron  | name: a, special: daily, command: x         | name: a, state: absent
                    mount | name: /m, device: x, type: tmpfs            | name: /m, state: absent
                    line  | name: /l, content: x                        | name: /l, state: absent, content: x
                    svc   | name: a, state: running, startup: enabled   | name: a, state: stopped
                    nspawn | name: a, state: running                    | name: a, state: stopped
                    sysctl | name: net.x, value: 1                      | name: net.x, state: absent
                    """)
    void undoIsTheOppositeOfTheSameThing(String kind, String fields, String opposite) {
        Resource undo = read(kind, fields + ", meta: {reverse: true}").reversed().orElseThrow();
        Resource wanted = read(kind, opposite);
        assertEquals(wanted.id(), undo.id());
        assertEquals(wanted.removes(), undo.removes());
        assertEquals(wanted.makes(), undo.makes());
        assertEquals(wanted.getClass(), undo.getClass());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    file     | name: /a, state: absent
                    group    | name: a, state: absent
                    user     | name: a, state: absent
                    pkg      | name: a, state: uninstalled
                    kv       | name: a, key: k
                    svc      | name: a, state: stopped
                    nspawn   | name: a, state: stopped
                    exec     | name: a
                    svc      | name: a, state: stopped
                    hostname | name: a
                    password | name: a
                    timer    | name: a, interval: 5
                    """)
    void whatIsToBeGoneOrOnlyHappensCannotBeUndone(String kind, String fields) {
        assertEquals(Optional.empty(), read(kind, fields).reversed());
    }
}
