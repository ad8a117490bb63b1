package dev.mgmt.tunnel.sshj;

/** Whether and why a command did or did not start. */
sealed interface ExecStart {
    record Running() implements ExecStart {}

    record Refused(String reason) implements ExecStart {}

    record Silence() implements ExecStart {}
}
