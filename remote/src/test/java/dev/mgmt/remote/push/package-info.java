@NullMarked
package dev.mgmt.remote.push;

import org.jspecify.annotations.NullMarked;
