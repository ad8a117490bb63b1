package dev.mgmt.engine.kind.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in archives, in memory. That real ones are read is for {@code TarIT}. */
class TarReaderTest {
    private static List<String> read(byte[] archive) throws IOException, InterruptedException {
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        List<String> seen = new ArrayList<>();
        byte[] block = new byte[3];
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            StringBuilder content = new StringBuilder();
            for (int read = reader.read(block); read >= 0; read = reader.read(block)) {
                content.append(new String(block, 0, read, UTF_8));
            }
            seen.add(
                    "%s %s %s %s"
                            .formatted(entry.type(), entry.name(), entry.link(), content)
                            .strip());
        }
        return seen;
    }

    private static String fault(byte[] archive) {
        return String.valueOf(assertThrows(IOException.class, () -> read(archive)).getMessage());
    }

    private static TarEntry only(byte[] archive) throws IOException, InterruptedException {
        TarEntry entry = new TarReader(new ByteArrayInputStream(archive)).next();
        if (entry == null) {
            throw new AssertionError("empty");
        }
        return entry;
    }

    @Test
    void everyTypeThatIsUnpackedIsTold() throws IOException, InterruptedException {
        assertEquals(
                List.of(
                        "DIRECTORY d/",
                        "REGULAR d/a  hello",
                        "SYMBOLIC_LINK l d/a",
                        "HARD_LINK h d/a",
                        "REGULAR last"),
                read(
                        new TarBytes()
                                .directory("d/")
                                .file("d/a", "hello")
                                .link("l", "d/a")
                                .hardLink("h", "d/a")
                                .file("last", "")
                                .end()));
    }

    @Test
    void unreadContentIsPassedOver() throws IOException, InterruptedException {
        byte[] archive = new TarBytes().file("a", "x".repeat(1500)).file("b", "y").end();
        TarReader reader = new TarReader(new ByteArrayInputStream(archive));
        reader.next();
        TarEntry second = reader.next();
        assertEquals("b", second == null ? "" : second.name());
    }

    @Test
    void longNamesOfBothKindsGoBeforeTheHeadersOwn() throws IOException, InterruptedException {
        String name = "ü/".repeat(120) + "a";
        assertEquals(
                List.of("REGULAR " + name + "  x", "SYMBOLIC_LINK l " + name, "REGULAR b  y"),
                read(
                        new TarBytes()
                                .entry('L', "././@LongLink", "", (name + "\0").getBytes(UTF_8))
                                .file("short", "x")
                                .pax("linkpath=" + name, "comment=a = b")
                                .link("l", "short")
                                .file("b", "y")
                                .end()));
    }

    @Test
    void extendedHeadersTellSizesAndTimes() throws IOException, InterruptedException {
        byte[] archive =
                new TarBytes()
                        .pax("size=5", "mtime=1700000000.25")
                        .header('0', "a", "", 0)
                        .raw("hello".getBytes(UTF_8))
                        .raw(new byte[507])
                        .end();
        assertEquals(List.of("REGULAR a  hello"), read(archive));
        assertEquals(Instant.ofEpochSecond(1_700_000_000), only(archive).modified());
    }

    @Test
    void aGlobalHeaderHoldsForAllThatFollow() throws IOException, InterruptedException {
        byte[] archive =
                new TarBytes().entry('g', "g", "", "18 mtime=1000000\n?".getBytes(UTF_8)).end();
        assertEquals("it has a damaged extended header", fault(archive));
        assertEquals(
                Instant.ofEpochSecond(1000),
                only(new TarBytes()
                                .entry('g', "g", "", "14 mtime=1000\n".getBytes(UTF_8))
                                .file("a", "")
                                .end())
                        .modified());
    }

    @Test
    void setIdBitsAreNotTakenOver() throws IOException, InterruptedException {
        byte[] block = Arrays.copyOf(new TarBytes().file("a", "").cut(), 512);
        System.arraycopy("0006755".getBytes(UTF_8), 0, block, 100, 7);
        TarEntry entry = only(new TarBytes().summed(block).end());
        assertEquals(0755, entry.mode());
    }

    @Test
    void sizesBeyondOctalAreInBase256() throws IOException, InterruptedException {
        byte[] block = Arrays.copyOf(new TarBytes().file("a", "").cut(), 512);
        Arrays.fill(block, 124, 136, (byte) 0);
        block[124] = (byte) 0x80;
        block[131] = 3; // 3 * 256^4
        assertEquals(3L << 32, only(new TarBytes().summed(block).cut()).size());
        Arrays.fill(block, 124, 136, (byte) 0xFF);
        assertEquals("it has a file of negative size", fault(new TarBytes().summed(block).end()));
        block[124] = (byte) 0x80;
        assertEquals(
                "it has a header with a number that is too large",
                fault(new TarBytes().summed(block).end()));
    }

    @Test
    void anOldDirectoryIsToldByItsName() throws IOException, InterruptedException {
        assertEquals(
                List.of("DIRECTORY d/", "REGULAR d/a"),
                read(
                        new TarBytes()
                                .entry('\0', "d/", "", new byte[0])
                                .entry('\0', "d/a", "", new byte[0])
                                .end()));
    }

    @Test
    void whatCannotBeUnpackedFaithfullyIsRefused() {
        String advice = ", which is not unpacked (leave it out of the archive)";
        for (char type : new char[] {'3', '4'}) {
            assertEquals(
                    "`dev/x` in it is a device" + advice,
                    fault(new TarBytes().entry(type, "dev/x", "", new byte[0]).end()));
        }
        assertEquals(
                "`p` in it is a named pipe" + advice,
                fault(new TarBytes().entry('6', "p", "", new byte[0]).end()));
        assertEquals(
                "`s` in it is a sparse file" + advice,
                fault(new TarBytes().pax("GNU.sparse.major=1").file("s", "").end()));
        assertEquals(
                "`q` in it is of a type that is not known" + advice,
                fault(new TarBytes().entry('Q', "q", "", new byte[0]).end()));
    }

    @Test
    void anArchiveThatEndsTooEarlyIsNoticedWhereverItEnds() {
        byte[] whole = new TarBytes().pax("path=ab").file("a", "hello").cut();
        for (int end = 1; end <= whole.length; end++) {
            assertEquals("it ends too early", fault(Arrays.copyOf(whole, end)), "at " + end);
        }
    }

    @Test
    void whatIsNoArchiveOrDamagedIsToldApart() {
        assertEquals("it is not a tar archive", fault(new byte[0]));
        assertEquals("it is not a tar archive", fault("x".repeat(2000).getBytes(UTF_8)));
        byte[] damaged = new TarBytes().file("a", "x").file("b", "y").end();
        damaged[1024 + 20]++;
        assertEquals("it is damaged: a header does not add up", fault(damaged));
    }

    @Test
    void extendedHeadersThatDoNotFitAreRefused() {
        for (String body :
                List.of(
                        "5 a=b\n",
                        "7 a=b\n",
                        "6 a=b ",
                        "x a=b\n",
                        "6 abc\n",
                        "99999999 a=b\n",
                        "a",
                        "2 \n")) {
            assertEquals(
                    "it has a damaged extended header",
                    fault(
                            new TarBytes()
                                    .entry('x', "x", "", body.getBytes(UTF_8))
                                    .file("a", "")
                                    .end()),
                    body);
        }
        assertEquals(
                "it has an extended header with a number that is none",
                fault(new TarBytes().pax("size=many").file("a", "").end()));
        assertEquals(
                "it has a file of negative size",
                fault(new TarBytes().pax("size=-1").file("a", "").end()));
        assertEquals(
                "it has an extended header of 8589934591 bytes",
                fault(new TarBytes().header('x', "x", "", 8_589_934_591L).end()));
    }
}
