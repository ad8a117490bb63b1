package dev.mgmt.tunnel.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The known_hosts files of a run: each is read once, and grows only here. Safe for many threads,
 * and beside other processes that append under a lock on the file.
 */
public final class HostKeyBook {
    /**
     * A file's lock belongs to the whole process, so two books of one process need this besides.
     */
    private static final ReentrantLock FILES = new ReentrantLock();

    private final Map<Path, KnownHosts> pages = new ConcurrentHashMap<>();

    /** A key revoked in any file is revoked; one known in any file is known. */
    public HostKeyVerdict check(List<Path> files, HostName host, HostKey key) throws IOException {
        HostKeyVerdict sum = new HostKeyVerdict.Unknown();
        for (Path file : files) {
            sum = worse(sum, page(file).check(host, key));
        }
        return sum;
    }

    private static HostKeyVerdict worse(HostKeyVerdict sum, HostKeyVerdict next) {
        return switch (next) {
            case HostKeyVerdict.Revoked revoked ->
                    sum instanceof HostKeyVerdict.Revoked ? sum : revoked;
            case HostKeyVerdict.Known known -> sum instanceof HostKeyVerdict.Revoked ? sum : known;
            case HostKeyVerdict.Changed changed ->
                    sum instanceof HostKeyVerdict.Unknown ? changed : sum;
            case HostKeyVerdict.Unknown _ -> sum;
        };
    }

    /** As {@link #check}, for a certificate: see {@link KnownHosts#checkAuthority}. */
    public HostKeyVerdict checkAuthority(
            List<Path> files, HostName host, HostKey authority, List<HostKey> shown)
            throws IOException {
        HostKeyVerdict sum = new HostKeyVerdict.Unknown();
        for (Path file : files) {
            sum = worse(sum, page(file).checkAuthority(host, authority, shown));
        }
        return sum;
    }

    public boolean hasAuthority(List<Path> files, HostName host) throws IOException {
        for (Path file : files) {
            if (page(file).hasAuthority(host)) {
                return true;
            }
        }
        return false;
    }

    public Set<String> keyTypes(List<Path> files, HostName host) throws IOException {
        Set<String> types = new LinkedHashSet<>();
        for (Path file : files) {
            types.addAll(page(file).keyTypes(host));
        }
        return types;
    }

    private KnownHosts page(Path file) throws IOException {
        KnownHosts page = pages.get(file);
        if (page != null) {
            return page;
        }
        FILES.lock();
        try {
            KnownHosts meanwhile = pages.get(file);
            return meanwhile != null ? meanwhile : read(file);
        } finally {
            FILES.unlock();
        }
    }

    private KnownHosts read(Path file) throws IOException {
        FILES.lock();
        try {
            KnownHosts page =
                    Files.exists(file)
                            ? KnownHosts.parse(file, text(Files.readAllBytes(file)))
                            : KnownHosts.empty();
            pages.put(file, page);
            return page;
        } finally {
            FILES.unlock();
        }
    }

    /** Comments may be in any encoding; what matters is ASCII. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /**
     * Appends a key for a host unless another process or host was faster. Look-up and append are
     * one step under the file's lock, so that two runs never record two keys for one host.
     *
     * @param names how the host is named there
     * @return what the file says afterwards: known, unless another wrote a different key first
     */
    public HostKeyVerdict accept(Path file, HostName host, HostKey key, HostKeyTrust.Names names)
            throws IOException {
        FILES.lock();
        try {
            appendIfUnknown(file, host, key, names);
            return read(file).check(host, key);
        } finally {
            FILES.unlock();
        }
    }

    private static void appendIfUnknown(
            Path file, HostName host, HostKey key, HostKeyTrust.Names names) throws IOException {
        prepare(file);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Released with the channel.
            var _ = channel.lock();
            ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (whole.hasRemaining() && channel.read(whole) >= 0) {}
            String before = text(whole.array());
            HostKeyVerdict verdict = KnownHosts.parse(file, before).check(host, key);
            if (verdict instanceof HostKeyVerdict.Unknown) {
                String gap = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
                append(channel, gap + host.line(key, names) + "\n");
            }
        }
    }

    /** All of the line or nothing: a disk that fills up in the middle must not leave half a key. */
    private static void append(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
        long before = channel.size();
        channel.position(before);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    private static void prepare(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null && Files.notExists(directory)) {
            Files.createDirectories(
                    directory,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        if (Files.notExists(file)) {
            createPrivate(file);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        } catch (java.nio.file.FileAlreadyExistsException e) {
            // Another process was faster, and made the same file.
            return;
        }
    }
}
