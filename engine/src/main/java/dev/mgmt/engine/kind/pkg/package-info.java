/** Software packages, through the package manager that the host has. */
@NullMarked
package dev.mgmt.engine.kind.pkg;

import org.jspecify.annotations.NullMarked;
