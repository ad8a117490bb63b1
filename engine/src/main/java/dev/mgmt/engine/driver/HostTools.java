package dev.mgmt.engine.driver;

import dev.mgmt.engine.os.DirectoryWatches;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.world.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the drivers of one engine share: the host's name, the store, one watch of the file system, a
 * private directory, and whatever else several of them need but one of (a connection to the system
 * bus, say). Closed with the engine.
 */
public final class HostTools implements AutoCloseable {
    private final String host;
    private final World world;
    private final StateDirectory state;
    private final DirectoryWatches watches = new DirectoryWatches();
    private final Map<Class<?>, Object> shared = new HashMap<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /**
     * @param host this host's name in the shared store
     * @param world stays the caller's
     * @param state closed with this
     */
    public HostTools(String host, World world, StateDirectory state) {
        this.host = host;
        this.world = world;
        this.state = state;
    }

    public String host() {
        return host;
    }

    public World world() {
        return world;
    }

    public StateDirectory state() {
        return state;
    }

    public DirectoryWatches watches() {
        return watches;
    }

    /**
     * The one thing of this type, made by whoever asks first; closed with the engine if it can be.
     * The maker should do no I/O: connect on first use.
     */
    public synchronized <T> T shared(Class<T> type, Function<HostTools, T> maker) {
        Object known = shared.get(type);
        if (known == null) {
            T made = maker.apply(this);
            shared.put(type, made);
            if (made instanceof Closing closes) {
                closing.push(closes::close);
            }
            return made;
        }
        return type.cast(known);
    }

    /** What a shared thing may be: something that is ended with the engine. */
    public interface Closing {
        void close();
    }

    @Override
    public synchronized void close() {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
        watches.close();
        state.close();
    }
}
