/** Files, directories and symbolic links. */
@NullMarked
package dev.mgmt.engine.kind.file;

import org.jspecify.annotations.NullMarked;
