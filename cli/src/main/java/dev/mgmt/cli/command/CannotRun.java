package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Problem;

/** Something that has to be there before a run can begin is not. */
final class CannotRun extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final ExitCode code;

    CannotRun(Problem problem, ExitCode code) {
        super(problem.what());
        this.problem = problem;
        this.code = code;
    }

    Problem problem() {
        return problem;
    }

    ExitCode code() {
        return code;
    }
}
