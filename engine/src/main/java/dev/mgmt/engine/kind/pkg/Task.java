package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.OutputListener;

/** One package in a transaction, and whom to tell of it. */
record Task(PkgResource resource, Attempt attempt, OutputListener output) {}
