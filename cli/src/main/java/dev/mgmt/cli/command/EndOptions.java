package dev.mgmt.cli.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/**
 * When a run on this machine ends, and what it then says.
 *
 * @param convergedTimeout at rest for so long; absent: it keeps watching
 * @param maxRuntime whatever the state
 */
record EndOptions(
        Optional<Duration> convergedTimeout, Optional<Duration> maxRuntime, ExitHabit habit) {
    /** Whether failed resources show in the exit code. */
    enum ExitHabit {
        TELL,
        /** 0 whatever became of the resources, as scripts of old expect. */
        ALWAYS_ZERO
    }

    static void declare(CommandSpec spec) {
        spec.addOption(
                        Options.shortDuration(
                                "-t",
                                "--converged-timeout",
                                "S",
                                "End when nothing has happened for so many seconds. Absent: keep"
                                        + " watching."))
                .addOption(
                        Options.duration(
                                "--max-runtime", "S", "End in good order after so many seconds."))
                .addOption(
                        Options.flag(
                                "--compat-exit", "End with 0 whatever became of the resources."));
    }

    static EndOptions of(Arguments arguments) {
        return new EndOptions(
                Options.orNever(arguments.value("--converged-timeout")),
                Options.orNever(arguments.<Duration>value("--max-runtime"))
                        .filter(limit -> !limit.isZero()),
                arguments.flag("--compat-exit") ? ExitHabit.ALWAYS_ZERO : ExitHabit.TELL);
    }
}
