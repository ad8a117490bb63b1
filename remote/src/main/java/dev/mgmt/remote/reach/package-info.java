/** How each host is reached: what inventory, command line and ssh_config say together. */
@NullMarked
package dev.mgmt.remote.reach;

import org.jspecify.annotations.NullMarked;
