package dev.mgmt.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an OpenSSH server of a test lives from: a host key, a key that may log in, its configuration
 * and its log, in a directory of its own.
 */
public record SshdFiles(Path directory, String address, int port) {
    private static final int USUAL_PORT = 22;

    /** With new keys, and a list of known hosts that names the address. */
    public static SshdFiles create(String address, int port) throws IOException {
        SshdFiles files = new SshdFiles(Files.createTempDirectory("mgmt-sshd-"), address, port);
        LoopbackSshd.generateKey(files.hostKey(), "-t", "ed25519");
        LoopbackSshd.generateKey(files.clientKey(), "-t", "ed25519");
        Files.copy(files.directory.resolve("client.pub"), files.authorizedKeys());
        String name = port == USUAL_PORT ? address : "[" + address + "]:" + port;
        Files.writeString(
                files.knownHosts(),
                name + " " + Files.readString(files.directory.resolve("host_ed25519.pub")));
        return files;
    }

    /**
     * @param first lines of sshd_config(5) that come first, and so hold
     * @param then what they do not say
     */
    public void configure(List<String> first, List<String> then) throws IOException {
        List<String> lines = new ArrayList<>(first);
        lines.addAll(
                List.of(
                        "Port " + port,
                        "ListenAddress " + address,
                        "AuthorizedKeysFile " + authorizedKeys(),
                        "UsePAM no",
                        "StrictModes no",
                        "PrintMotd no",
                        "LogLevel VERBOSE"));
        lines.addAll(then);
        if (first.stream().noneMatch(line -> line.startsWith("HostKey "))) {
            lines.add("HostKey " + hostKey());
        }
        Files.write(config(), lines);
    }

    /** The server in the foreground, with its words in the log. */
    public Process start(List<String> command) throws IOException {
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(Path.of("/run/sshd"));
        }
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("-D", "-e", "-f", config().toString()));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
    }

    /** What the server has logged so far. */
    public String log() throws IOException {
        return Files.readString(logFile());
    }

    /** A private key, unencrypted, that may log in. */
    public Path clientKey() {
        return directory.resolve("client");
    }

    /** Lists this server's key. */
    public Path knownHosts() {
        return directory.resolve("known_hosts");
    }

    public Path authorizedKeys() {
        return directory.resolve("authorized_keys");
    }

    private Path hostKey() {
        return directory.resolve("host_ed25519");
    }

    private Path config() {
        return directory.resolve("sshd_config");
    }

    private Path logFile() {
        return directory.resolve("log");
    }
}
