/** Runs every example as its README says, against real OpenSSH servers. */
@NullMarked
package dev.mgmt.examples;

import org.jspecify.annotations.NullMarked;
