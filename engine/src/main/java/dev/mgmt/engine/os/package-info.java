/** What drivers share of the operating system: watches, child processes, whole-or-nothing files. */
@NullMarked
package dev.mgmt.engine.os;

import org.jspecify.annotations.NullMarked;
