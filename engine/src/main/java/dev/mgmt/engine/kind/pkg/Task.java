package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.OutputListener;
import java.util.function.Consumer;

/**
 * One package in a transaction, and whom to tell of it.
 *
 * @param seen hears what it was judged by, at the end
 */
record Task(PkgResource resource, Attempt attempt, OutputListener output, Consumer<View> seen) {}
