/** A host that is this machine: the store and an engine's way to it, without SSH in between. */
@NullMarked
package dev.mgmt.remote.local;

import org.jspecify.annotations.NullMarked;
