/**
 * A client of D-Bus over a Unix socket (D-Bus Specification 0.42), with nothing but the JDK: calls,
 * their answers, and signals. No file descriptors are passed and nothing is served.
 */
@NullMarked
package dev.mgmt.engine.dbus;

import org.jspecify.annotations.NullMarked;
