package dev.mgmt.examples.setting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mgmt.engine.GraphBuilder;
import dev.mgmt.engine.GraphTester;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.GraphReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingKindTest {
    @Test
    void theKeyIsTheNameUnlessItIsGiven() {
        assertEquals(
                List.of(
                        setting("PORT", "PORT", "80"),
                        setting("where the logs go", "LOGS", "/var/log/x")),
                GraphTester.read(
                                """
                                graph: g
                                resources:
                                  setting:
                                  - {name: PORT, file: /etc/default/x, value: 80}
                                  - name: where the logs go
                                    file: /etc/default/x
                                    key: LOGS
                                    value: /var/log/x
                                """)
                        .resources());
    }

    private static SettingResource setting(String name, String key, String value) {
        return new SettingResource(
                new ResourceId("setting", name), Meta.NONE, Path.of("/etc/default/x"), key, value);
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        GraphReading reading =
                GraphBuilder.named("g").add("setting", "no key", Map.of("file", "x")).read();
        assertEquals(
                List.of(
                        "setting[no key]: `file` must be an absolute path (start it with `/`)",
                        "setting[no key]: `no key` is not a key (letters, digits, `_`, `.`, `-`)",
                        "setting[no key]: `value` must be one line"),
                assertInstanceOf(GraphReading.Invalid.class, reading).problems().stream()
                        .map(Object::toString)
                        .toList());
    }
}
