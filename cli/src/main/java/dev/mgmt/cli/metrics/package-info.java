/** Figures of a run for those who watch machines, in the text format of Prometheus. */
@NullMarked
package dev.mgmt.cli.metrics;

import org.jspecify.annotations.NullMarked;
