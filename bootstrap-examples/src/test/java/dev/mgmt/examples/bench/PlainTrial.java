package dev.mgmt.examples.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;

/** The same files looked at and read by ten lines of Java, one after the other. */
final class PlainTrial {
    private static final String STAMP = "unix:mode,uid,gid,ino,size,ctime";

    private PlainTrial() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        Layout layout = Layout.of(arguments);
        for (int i = 0; i < layout.count(); i++) {
            Path file = layout.file(i);
            byte[] wanted = Layout.content(i).getBytes(StandardCharsets.UTF_8);
            if (Files.readAttributes(file, STAMP, LinkOption.NOFOLLOW_LINKS).isEmpty()
                    || !Arrays.equals(Files.readAllBytes(file), wanted)) {
                throw new IllegalStateException("not as wanted: " + file);
            }
        }
        FreshJvm.tell("total", (System.nanoTime() - start) / 1e9);
        FreshJvm.tell("cpu", Cpu.here());
    }
}
