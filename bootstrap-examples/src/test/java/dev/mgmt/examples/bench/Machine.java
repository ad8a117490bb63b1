package dev.mgmt.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** Where and when something was measured, and what else the machine had to do. */
final class Machine {
    private Machine() {}

    static void print() throws IOException {
        System.out.printf(
                "%s, %d cores, Linux %s, JDK %s; load average before: %s%n",
                LocalDate.now(java.time.ZoneId.systemDefault()),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.version"),
                System.getProperty("java.version"),
                Files.readString(Path.of("/proc/loadavg")).strip());
    }
}
