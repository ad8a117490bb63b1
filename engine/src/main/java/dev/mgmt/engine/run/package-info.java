/** How a graph runs: one owner of state, pure steps, effects that come back as inputs. */
@NullMarked
package dev.mgmt.engine.run;

import org.jspecify.annotations.NullMarked;
