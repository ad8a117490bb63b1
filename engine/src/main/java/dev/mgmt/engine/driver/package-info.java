/** How a kind is made true: check, apply, watch. */
@NullMarked
package dev.mgmt.engine.driver;

import org.jspecify.annotations.NullMarked;
