@NullMarked
package dev.mgmt.remote;

import org.jspecify.annotations.NullMarked;
