@NullMarked
package dev.mgmt.engine;

import org.jspecify.annotations.NullMarked;
