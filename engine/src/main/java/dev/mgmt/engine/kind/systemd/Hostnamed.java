package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.Bus;
import dev.mgmt.engine.dbus.Call;
import dev.mgmt.engine.kind.systemd.HostnameResource.Name;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The service that keeps host names, as org.freedesktop.hostname1(5) has it. */
record Hostnamed(Bus bus) implements HostNames {
    static final String NAME = "org.freedesktop.hostname1";
    static final String PATH = "/org/freedesktop/hostname1";

    @Override
    public Map<Name, String> read() throws IOException, InterruptedException {
        Object answer = bus.call(Call.properties(NAME, PATH, NAME)).getFirst();
        Map<Name, String> names = new EnumMap<>(Name.class);
        for (Name name : Name.values()) {
            Object text = ((Map<?, ?>) answer).get(property(name));
            names.put(name, text == null ? "" : text.toString());
        }
        return names;
    }

    @Override
    public void set(Name name, String text) throws IOException, InterruptedException {
        // Nobody is there who could be asked for a password.
        bus.call(new Call(NAME, PATH, NAME, "Set" + property(name), "sb", List.of(text, false)));
    }

    private static String property(Name name) {
        return switch (name) {
            case PRETTY -> "PrettyHostname";
            case STATIC -> "StaticHostname";
            case TRANSIENT -> "Hostname";
        };
    }
}
