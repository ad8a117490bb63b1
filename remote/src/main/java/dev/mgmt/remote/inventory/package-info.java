/**
 * Which hosts, reached how, with which graph: hosts.yaml and graph files with a remote key. With
 * push, the only remote package that knows SnakeYAML.
 */
@NullMarked
package dev.mgmt.remote.inventory;

import org.jspecify.annotations.NullMarked;
