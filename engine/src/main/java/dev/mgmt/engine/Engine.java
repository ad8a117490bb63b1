package dev.mgmt.engine;

import dev.mgmt.engine.graph.GraphDefinition;
import dev.mgmt.engine.graph.ResourceGraph;

/**
 * Keeps one graph true on this machine. Open one with {@link Engines#open}; it is safe for use by
 * many threads.
 */
public interface Engine extends AutoCloseable {
    /**
     * Offers a new graph: it is built beside the running one and takes its place, or is refused and
     * changes nothing; the listener is told which. Graphs are taken in the order of submission; one
     * that is overtaken before it was built is skipped.
     *
     * @param revision the caller's number for this graph, repeated in events and status
     */
    void submit(GraphDefinition graph, long revision);

    EngineStatus status();

    /**
     * The graph that runs, with what was collected and generated; empty before the first. When the
     * listener hears of a switch, this is already the new one.
     */
    ResourceGraph graph();

    /**
     * Orderly end: nothing new starts, what runs finishes, exports stay. Returns when all has
     * ended. Interrupting the thread that waits here stops running commands (TERM, then KILL).
     */
    void stop() throws InterruptedException;

    /**
     * Ends at once: running commands are stopped (TERM, then KILL). No thread, process or watch is
     * left behind.
     */
    @Override
    void close();
}
