/**
 * Data that resources take from elsewhere: from each other's outputs, and from values in the store
 * that are not there yet.
 */
@NullMarked
package dev.mgmt.engine.exchange;

import org.jspecify.annotations.NullMarked;
