/** An example of a kind that comes in a jar: the value of one key in a file of settings. */
@NullMarked
package dev.mgmt.examples.setting;

import org.jspecify.annotations.NullMarked;
