/** Values that hosts show each other. */
@NullMarked
package dev.mgmt.engine.kind.kv;

import org.jspecify.annotations.NullMarked;
