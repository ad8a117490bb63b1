package dev.mgmt.examples.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** What this process' heap holds, in bytes. */
final class Heap {
    private Heap() {}

    /** The most that was ever in use at once, garbage included. */
    static long peak() {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
            }
        }
        return peak;
    }

    /** All that is alive. */
    static long alive() throws InterruptedException {
        Thread.sleep(200); // for threads that have told all and are just ending
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
