package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.HostnameResource.Name;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.Machine;
import dev.mgmt.engine.os.TemporaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A host's names where no service keeps them: hostname(5), machine-info(5) and the kernel. */
record HostNameFiles(Machine machine) implements HostNames {
    static final String STATIC_NAME = "/etc/hostname";
    static final String PRETTY_NAME = "/etc/machine-info";

    private static final String KERNEL_NAME = "/proc/sys/kernel/hostname";
    private static final String PRETTY_KEY = "PRETTY_HOSTNAME=";

    @Override
    public Map<Name, String> read() throws IOException {
        Map<Name, String> names = new EnumMap<>(Name.class);
        for (Name name : Name.values()) {
            names.put(name, read(name));
        }
        return names;
    }

    private String read(Name name) throws IOException {
        return switch (name) {
            case PRETTY -> pretty();
            case STATIC -> firstWord(lines(STATIC_NAME));
            case TRANSIENT -> firstWord(lines(KERNEL_NAME));
        };
    }

    @Override
    public void set(Name name, String text) throws IOException {
        switch (name) {
            case PRETTY -> place(PRETTY_NAME, withPretty(text));
            case STATIC -> place(STATIC_NAME, List.of(text));
            case TRANSIENT -> {
                Path kernel = machine.at(KERNEL_NAME);
                try {
                    Files.writeString(kernel, text + "\n");
                } catch (IOException e) {
                    throw FileFault.of("write", kernel, e);
                }
            }
        }
    }

    private static String firstWord(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    private String pretty() throws IOException {
        return lines(PRETTY_NAME).stream()
                .filter(line -> line.startsWith(PRETTY_KEY))
                .map(line -> unquoted(line.substring(PRETTY_KEY.length()).strip()))
                .findFirst()
                .orElse("");
    }

    private List<String> withPretty(String text) throws IOException {
        List<String> lines = new ArrayList<>(lines(PRETTY_NAME));
        lines.removeIf(line -> line.startsWith(PRETTY_KEY));
        lines.add(PRETTY_KEY + quoted(text));
        return lines;
    }

    /** As a shell would read it. */
    private static String quoted(String text) {
        return '"' + text.replaceAll("([\"\\\\$`])", "\\\\$1") + '"';
    }

    private static String unquoted(String text) {
        boolean quotes =
                text.length() > 1
                        && text.charAt(0) == text.charAt(text.length() - 1)
                        && "\"'".indexOf(text.charAt(0)) >= 0;
        String inner = quotes ? text.substring(1, text.length() - 1) : text;
        return text.startsWith("'") ? inner : inner.replaceAll("\\\\(.)", "$1");
    }

    private List<String> lines(String file) throws IOException {
        Path path = machine.at(file);
        try {
            return Files.readAllLines(path);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw FileFault.of("read", path, e);
        }
    }

    private void place(String file, List<String> lines) throws IOException {
        Path path = machine.at(file);
        try (TemporaryFile made = TemporaryFile.beside(path)) {
            Files.write(made.path(), lines);
            Files.setPosixFilePermissions(
                    made.path(), PosixFilePermissions.fromString("rw-r--r--"));
            made.place(path);
        } catch (IOException e) {
            throw FileFault.of("write", path, e);
        }
    }
}
