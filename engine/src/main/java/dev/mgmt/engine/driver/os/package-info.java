/** One driver per kind, against the operating system. */
@NullMarked
package dev.mgmt.engine.driver.os;

import org.jspecify.annotations.NullMarked;
