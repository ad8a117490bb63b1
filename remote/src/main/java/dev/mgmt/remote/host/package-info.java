/** What mgmt itself runs and leaves on a host: its scripts, its paths, its answers. */
@NullMarked
package dev.mgmt.remote.host;

import org.jspecify.annotations.NullMarked;
