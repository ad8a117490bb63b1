/**
 * The program as people and scripts meet it. {@link dev.mgmt.cli.Main} parses, runs and exits; exit
 * codes belong to this module alone.
 */
@NullMarked
package dev.mgmt.cli;

import org.jspecify.annotations.NullMarked;
