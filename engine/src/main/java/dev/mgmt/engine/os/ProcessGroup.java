package dev.mgmt.engine.os;

import java.io.IOException;

/** All of a process group at once: the JDK can only signal single processes. */
final class ProcessGroup {
    private ProcessGroup() {}

    /**
     * Signals the group, which may outlive its leader; none is fine.
     *
     * @param signal as kill(1) has it, without SIG
     * @return false if nothing was sent because no program could be started
     */
    static boolean signal(long leader, String signal) {
        String line = "kill -" + signal + " -" + leader + " 2>/dev/null";
        try {
            Process kill = new ProcessBuilder("sh", "-c", line).start();
            kill.onExit().join();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
