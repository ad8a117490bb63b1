@NullMarked
package dev.mgmt.tunnel;

import org.jspecify.annotations.NullMarked;
