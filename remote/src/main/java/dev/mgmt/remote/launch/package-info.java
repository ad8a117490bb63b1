/** Starting the agent and talking to it: parameters, events, end. */
@NullMarked
package dev.mgmt.remote.launch;

import org.jspecify.annotations.NullMarked;
