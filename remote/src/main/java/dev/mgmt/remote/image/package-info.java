/** Agent images: which there are, how one gets to a host, where it lies there. */
@NullMarked
package dev.mgmt.remote.image;

import org.jspecify.annotations.NullMarked;
