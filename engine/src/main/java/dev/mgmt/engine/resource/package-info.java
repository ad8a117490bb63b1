/** What should be true, as data: one record per kind, its identity and its meta parameters. */
@NullMarked
package dev.mgmt.engine.resource;

import org.jspecify.annotations.NullMarked;
