@NullMarked
package dev.mgmt.remote.inventory;

import org.jspecify.annotations.NullMarked;
