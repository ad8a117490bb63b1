package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.Resource;

/** What the outside knows of a vertex. */
final class SimulatedVertex {
    final Resource resource;
    boolean running;
    boolean good;

    /** Something happened that no run has begun after. */
    boolean dirty = true;

    boolean watched;

    /** Its watch ended, and none has begun since. */
    boolean lost;

    /** Its present run was told to stop. */
    boolean interrupted;

    /** Its present run has a refresh with it. */
    boolean carrying;

    /** It undoes what has left the graph. */
    final boolean undoes;

    SimulatedVertex(Resource resource, boolean undoes) {
        this.resource = resource;
        this.undoes = undoes;
    }
}
