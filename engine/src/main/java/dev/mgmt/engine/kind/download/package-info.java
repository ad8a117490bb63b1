/** Files that come from web servers. */
@NullMarked
package dev.mgmt.engine.kind.download;

import org.jspecify.annotations.NullMarked;
