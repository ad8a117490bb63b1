/**
 * What a host's init system keeps: services, the host's name, containers of systemd-nspawn. Spoken
 * to over D-Bus; scripts of OpenRC and System V init where there is no systemd.
 */
@NullMarked
package dev.mgmt.engine.kind.systemd;

import org.jspecify.annotations.NullMarked;
