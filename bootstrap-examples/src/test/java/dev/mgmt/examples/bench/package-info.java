/**
 * Whole-process harnesses behind every figure in docs/performance.md. Each prints medians and
 * ratios against a baseline that is measured in the same run. Run them with {@code
 * bootstrap-examples/bench NAME}.
 */
@NullMarked
package dev.mgmt.examples.bench;

import org.jspecify.annotations.NullMarked;
