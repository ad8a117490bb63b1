/** How a host is set up: scheduled commands, lines of files, mounts, kernel parameters. */
@NullMarked
package dev.mgmt.engine.kind.host;

import org.jspecify.annotations.NullMarked;
