/** The graph engine: opens on a host, takes graphs, keeps them true, tells what happens. */
@NullMarked
package dev.mgmt.engine;

import org.jspecify.annotations.NullMarked;
