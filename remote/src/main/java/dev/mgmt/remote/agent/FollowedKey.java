package dev.mgmt.remote.agent;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.WorldException;
import java.util.List;

/** One key of the store: its value now, and every value it gets. */
final class FollowedKey {
    private FollowedKey() {}

    interface Follower {
        void value(World.Entry entry);

        /** The store is out of reach; nothing more will be heard. */
        void lost(String reason);
    }

    /** Returns once the watch stands. The watch ends with its world. */
    static void follow(World world, String key, Follower follower) throws InterruptedException {
        try {
            World.Snapshot now = world.read(key);
            for (World.Entry entry : now.entries()) {
                follower.value(entry);
            }
            world.watch(key, now.revision() + 1, new Relay(follower));
        } catch (WorldException e) {
            follower.lost(String.valueOf(e.getMessage()));
        }
    }

    private record Relay(Follower follower) implements World.Listener {
        @Override
        public void changed(long revision, List<World.Change> changes) {
            for (World.Change change : changes) {
                switch (change) {
                    case World.Change.Put put -> follower.value(put.entry());
                    case World.Change.Deleted _ -> {
                        // The last value holds: taking a graph away is no order to do anything.
                    }
                }
            }
        }

        @Override
        public void ended(WorldException cause) {
            follower.lost(String.valueOf(cause.getMessage()));
        }
    }
}
