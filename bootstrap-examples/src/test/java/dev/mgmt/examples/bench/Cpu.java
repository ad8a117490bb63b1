package dev.mgmt.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel has accounted to a process: proc(5), {@code /proc/PID/stat} and {@code status}.
 */
final class Cpu {
    /** Of every Linux that runs on machines of this century. */
    private static final double TICKS_PER_SECOND = 100;

    private Cpu() {}

    /**
     * User and system seconds of this process: exact, and what load of the machine changes least.
     */
    static double here() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    /** User and system seconds of a process, without its children. */
    static double own(long pid) throws IOException {
        List<String> fields = fields(pid);
        return (number(fields, 14) + number(fields, 15)) / TICKS_PER_SECOND;
    }

    /** User and system seconds of a process' ended and waited-for children. */
    static double endedChildren(long pid) throws IOException {
        List<String> fields = fields(pid);
        return (number(fields, 16) + number(fields, 17)) / TICKS_PER_SECOND;
    }

    /** Resident memory in megabytes (10^6). */
    static double residentMegabytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
            }
        }
        throw new IOException("no VmRSS of process " + pid);
    }

    /** Fields from the third on, after the name, which may hold anything. */
    private static List<String> fields(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    }

    private static double number(List<String> fields, int position) {
        return Double.parseDouble(fields.get(position - 3));
    }
}
