package dev.mgmt.engine.kind.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.QuietFiles;
import dev.mgmt.engine.os.TextLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFilesIT {
    private final TextFiles texts = new TextFiles(new QuietFiles());

    @TempDir private Path dir;
    private Path path;
    private Path other;

    @BeforeEach
    void layOut() throws IOException {
        path = dir.resolve("f");
        other = Files.writeString(dir.resolve("other"), "theirs\n");
    }

    private void write(Path file) throws IOException, InterruptedException {
        texts.edit(file, before -> new TextFiles.Edit<>(TextLines.of("ours\n"), before));
    }

    @Test
    void fileBehindALinkIsWritten() throws IOException, InterruptedException {
        Files.createSymbolicLink(path, other);
        write(HostFiles.behind(path));
        assertTrue(Files.isSymbolicLink(path));
        assertEquals("ours\n", Files.readString(other));
    }

    @Test
    void linkThatCameAfterTheLookStaysOne() throws IOException {
        Path looked = HostFiles.behind(path);
        Files.createSymbolicLink(path, other);
        assertEquals(Optional.empty(), TextFiles.read(looked));
        assertThrows(FileFault.class, () -> write(looked));
        assertTrue(Files.isSymbolicLink(path));
        assertEquals("theirs\n", Files.readString(other));
    }

    @Test
    void linkThatLeadsNowhereStaysOne() throws IOException {
        Files.createSymbolicLink(path, dir.resolve("nothing"));
        assertThrows(FileFault.class, () -> write(HostFiles.behind(path)));
        assertTrue(Files.isSymbolicLink(path));
    }
}
