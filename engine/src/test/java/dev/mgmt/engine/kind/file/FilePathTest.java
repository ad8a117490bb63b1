package dev.mgmt.engine.kind.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilePathTest {
    @Test
    void aPathIsSplitBeforeItsLastPart() {
        assertEquals(new FilePath("/a/b/", "c"), FilePath.of("/a/b/c"));
        assertEquals(new FilePath("/a/b/", "c/"), FilePath.of("/a/b/c/"));
        assertEquals(new FilePath("/", "a/"), FilePath.of("/a/"));
        assertEquals(new FilePath("/", ""), FilePath.of("/"));
        assertEquals(new FilePath("", "a"), FilePath.of("a"));
        assertEquals(new FilePath("", "a/"), FilePath.of("a/"));
    }

    @Test
    void dirnameAndBasenameReplaceTheirParts() {
        assertEquals("/x/c", replaced("/a/b/c", "/x/", ""));
        assertEquals("/x/c/", replaced("/a/b/c/", "/x/", ""));
        assertEquals("/a/b/y", replaced("/a/b/c/", "", "y"));
        assertEquals("/x/y/", replaced("c", "/x/", "y/"));
    }

    @Test
    void aFinalSlashMeansADirectory() {
        assertEquals(FileShape.DIRECTORY, FilePath.of("/a/").shape());
        assertEquals(FileShape.DIRECTORY, FilePath.of("/").shape());
        assertEquals(FileShape.REGULAR, FilePath.of("/a").shape());
    }

    private static String replaced(String path, String dirname, String basename) {
        return FilePath.of(path).replace(given(dirname), given(basename)).text();
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }
}
