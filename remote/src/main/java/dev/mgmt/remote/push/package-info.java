/** Edited graph files, checked and pushed while a run goes on. */
@NullMarked
package dev.mgmt.remote.push;

import org.jspecify.annotations.NullMarked;
