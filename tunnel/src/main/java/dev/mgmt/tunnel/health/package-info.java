/** Whether a link still lives, judged from what is heard of it and nothing else. */
@NullMarked
package dev.mgmt.tunnel.health;

import org.jspecify.annotations.NullMarked;
