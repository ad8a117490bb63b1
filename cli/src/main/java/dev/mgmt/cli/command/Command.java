package dev.mgmt.cli.command;

import dev.mgmt.cli.ExitCode;
import dev.mgmt.cli.Surroundings;
import picocli.CommandLine.Model.CommandSpec;

/** One thing the program can do. */
public interface Command {
    /** Name, usage and options, made by hand: reading annotations costs time at every start. */
    CommandSpec spec();

    /** Does it. What is wrong with the input is told by way of {@code surroundings}. */
    ExitCode run(Arguments arguments, Surroundings surroundings) throws InterruptedException;
}
