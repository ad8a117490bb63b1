package dev.mgmt.engine.run;

import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Those who hold a place of one semaphore of the fleet, or wait for one, in the order in which they
 * came. One holds a place while fewer stand before it than the semaphore has places; where hosts
 * differ in how many these are, the smallest number among itself and those before it counts. So
 * never more hold at once than any of the holders allows, and who comes later changes nothing for
 * those before.
 */
final class PlaceQueue {
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,8}");

    /** Something else than a number in the store is taken for the most cautious one. */
    private static final int LEAST = 1;

    private record Entry(long since, int size) {}

    private final Map<String, Entry> entries = new HashMap<>();

    /** The store's revision up to which it is known; 0: nothing is known yet. */
    private long known;

    sealed interface Standing {
        /**
         * @param size what counts for it
         */
        record Holds(int size) implements Standing {}

        record Waits() implements Standing {}

        /** It is not there any more. */
        record Gone() implements Standing {}
    }

    void begin(World.Snapshot snapshot) {
        entries.clear();
        for (World.Entry entry : snapshot.entries()) {
            put(entry);
        }
        known = snapshot.revision();
    }

    void change(long revision, List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Put(World.Entry entry) -> put(entry);
                case Change.Deleted(String key) -> entries.remove(key);
            }
        }
        known = revision;
    }

    /**
     * @param since when the key was put
     */
    Standing standing(String key, long since) {
        if (known < since) {
            return new Standing.Waits();
        }
        Entry own = entries.get(key);
        if (own == null) {
            return new Standing.Gone();
        }
        int before = 0;
        int size = own.size();
        for (Entry other : entries.values()) {
            if (other.since() < own.since()) {
                before++;
                size = Math.min(size, other.size());
            }
        }
        return before < size ? new Standing.Holds(size) : new Standing.Waits();
    }

    private void put(World.Entry entry) {
        String text = entry.value();
        int size = SIZE.matcher(text).matches() ? Integer.parseInt(text) : LEAST;
        entries.put(entry.key(), new Entry(entry.revision(), size));
    }
}
