/** One file per command: usage, options, run. */
@NullMarked
package dev.mgmt.cli.command;

import org.jspecify.annotations.NullMarked;
