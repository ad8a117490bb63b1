@NullMarked
package dev.mgmt.cli;

import org.jspecify.annotations.NullMarked;
