package dev.mgmt.remote.inventory;

import dev.mgmt.engine.graph.GraphDefinition;

/**
 * A graph file that was read and found valid.
 *
 * @param text the whole file
 */
public record GraphSource(String text, GraphDefinition definition) {}
