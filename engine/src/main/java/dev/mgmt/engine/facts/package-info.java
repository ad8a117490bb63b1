/** What a host is, found out by reading: no program is run for it. */
@NullMarked
package dev.mgmt.engine.facts;

import org.jspecify.annotations.NullMarked;
