package dev.mgmt.tunnel.config;

import dev.mgmt.tunnel.identity.LoginRules.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which ways to log in are left. */
final class MethodReader {
    private static final Map<Method, List<String>> SWITCHES =
            Map.of(
                    Method.PUBLIC_KEY,
                    List.of("pubkeyauthentication"),
                    Method.PASSWORD,
                    List.of("passwordauthentication"),
                    Method.KEYBOARD_INTERACTIVE,
                    List.of("kbdinteractiveauthentication", "challengeresponseauthentication"));

    private static final Map<Method, String> NAMES =
            Map.of(
                    Method.PUBLIC_KEY,
                    "publickey",
                    Method.PASSWORD,
                    "password",
                    Method.KEYBOARD_INTERACTIVE,
                    "keyboard-interactive");

    private final ClientAnswer answer;

    MethodReader(ClientAnswer answer) {
        this.answer = answer;
    }

    /** PreferredAuthentications decides which are used; in which order they come is ours. */
    Set<Method> read() {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        Optional<List<String>> preferred =
                answer.set("preferredauthentications").map(HostReader::list);
        for (Method method : Method.values()) {
            boolean wanted = preferred.isEmpty() || preferred.get().contains(NAMES.get(method));
            if (wanted && SWITCHES.getOrDefault(method, List.of()).stream().noneMatch(this::off)) {
                methods.add(method);
            }
        }
        return methods;
    }

    private boolean off(String option) {
        return answer.first(option)
                .filter(said -> said.equals("no") || said.equals("false"))
                .isPresent();
    }
}
