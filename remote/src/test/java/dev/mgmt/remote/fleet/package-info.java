@NullMarked
package dev.mgmt.remote.fleet;

import org.jspecify.annotations.NullMarked;
