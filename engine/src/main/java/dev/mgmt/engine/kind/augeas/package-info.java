/** Values in configuration files of many formats. */
@NullMarked
package dev.mgmt.engine.kind.augeas;

import org.jspecify.annotations.NullMarked;
