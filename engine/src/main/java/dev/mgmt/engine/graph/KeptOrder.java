package dev.mgmt.engine.graph;

import java.util.Arrays;
import java.util.Optional;

/**
 * Vertices in an order that holds while arrows are added, one at a time (the algorithm of Pearce
 * and Kelly): an arrow that agrees with the present order costs nothing, one against it a search of
 * the vertices between its ends.
 *
 * <p>Holds: {@code position} puts every vertex after those that its arrows come from.
 */
final class KeptOrder {
    private static final int NONE = -1;

    private final int[] position;

    /** Arrows as linked lists, as they come one by one: by beginning and by end. */
    private final int[] firstOut;

    private final int[] firstIn;
    private final int[] from;
    private final int[] to;
    private final int[] nextOut;
    private final int[] nextIn;
    private int size;

    private final int[] cameFrom;
    private final boolean[] found;
    private final int[] ahead;
    private final int[] behind;
    private long effort;

    /**
     * @param order all vertices, as they are to stand at first
     * @param most arrows that will ever be added
     * @param effort how many vertices may be searched in all
     */
    KeptOrder(int[] order, int most, long effort) {
        int vertices = order.length;
        position = new int[vertices];
        for (int place = 0; place < vertices; place++) {
            position[order[place]] = place;
        }
        firstOut = new int[vertices];
        firstIn = new int[vertices];
        Arrays.fill(firstOut, NONE);
        Arrays.fill(firstIn, NONE);
        from = new int[most];
        to = new int[most];
        nextOut = new int[most];
        nextIn = new int[most];
        cameFrom = new int[vertices];
        found = new boolean[vertices];
        ahead = new int[vertices];
        behind = new int[vertices];
        this.effort = effort;
    }

    /** What came of an arrow. */
    sealed interface Addition {
        record Added() implements Addition {}

        /**
         * It would close a cycle.
         *
         * @param path from its end to its beginning, both included
         */
        @SuppressWarnings("ArrayRecordComponent") // Read once, by whoever asked.
        record Closing(int[] path) implements Addition {}

        /** Whether it would is not known: that would take too long to find out. */
        record Unclear() implements Addition {}
    }

    private static final Addition ADDED = new Addition.Added();

    Addition add(int begin, int end) {
        if (position[begin] > position[end]) {
            Optional<Addition> refusal = turn(begin, end);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        from[size] = begin;
        to[size] = end;
        nextOut[size] = firstOut[begin];
        firstOut[begin] = size;
        nextIn[size] = firstIn[end];
        firstIn[end] = size;
        size++;
        return ADDED;
    }

    /** Moves what must come after {@code end} behind what must come before {@code begin}. */
    private Optional<Addition> turn(int begin, int end) {
        int after = searchAhead(end, begin);
        if (after == NONE) {
            return Optional.of(new Addition.Closing(path(end, begin)));
        }
        int before = effort < 0 ? NONE : searchBehind(begin, end);
        if (effort < 0) {
            return Optional.of(new Addition.Unclear());
        }
        reorder(after, before);
        return Optional.empty();
    }

    /** What can be reached, not beyond the other end; {@code NONE} if the other end is. */
    private int searchAhead(int start, int stop) {
        int count = 0;
        ahead[count++] = start;
        found[start] = true;
        boolean closing = false;
        for (int next = 0; next < count && !closing && effort >= 0; next++, effort--) {
            for (int arrow = firstOut[ahead[next]]; arrow != NONE; arrow = nextOut[arrow]) {
                int vertex = to[arrow];
                effort--;
                if (!found[vertex] && position[vertex] <= position[stop]) {
                    found[vertex] = true;
                    cameFrom[vertex] = ahead[next];
                    closing |= vertex == stop;
                    ahead[count++] = vertex;
                }
            }
        }
        forget(ahead, count);
        return closing ? NONE : count;
    }

    private int searchBehind(int start, int stop) {
        int count = 0;
        behind[count++] = start;
        found[start] = true;
        for (int next = 0; next < count && effort >= 0; next++, effort--) {
            for (int arrow = firstIn[behind[next]]; arrow != NONE; arrow = nextIn[arrow]) {
                int vertex = from[arrow];
                effort--;
                if (!found[vertex] && position[vertex] >= position[stop]) {
                    found[vertex] = true;
                    behind[count++] = vertex;
                }
            }
        }
        forget(behind, count);
        return count;
    }

    private void forget(int[] vertices, int count) {
        for (int i = 0; i < count; i++) {
            found[vertices[i]] = false;
        }
    }

    /** Both keep their own order; together they take the places they had. */
    private void reorder(int after, int before) {
        long[] byPosition = new long[after + before];
        for (int i = 0; i < before; i++) {
            byPosition[i] = ((long) position[behind[i]] << 32) | behind[i];
        }
        for (int i = 0; i < after; i++) {
            byPosition[before + i] = ((long) position[ahead[i]] << 32) | ahead[i];
        }
        Arrays.sort(byPosition, 0, before);
        Arrays.sort(byPosition, before, after + before);
        int[] places = new int[after + before];
        for (int i = 0; i < places.length; i++) {
            places[i] = (int) (byPosition[i] >> 32);
        }
        Arrays.sort(places);
        for (int i = 0; i < places.length; i++) {
            position[(int) byPosition[i]] = places[i];
        }
    }

    private int[] path(int start, int stop) {
        int length = 1;
        for (int at = stop; at != start; at = cameFrom[at]) {
            length++;
        }
        int[] path = new int[length];
        int at = stop;
        for (int place = length - 1; place > 0; place--) {
            path[place] = at;
            at = cameFrom[at];
        }
        path[0] = start;
        return path;
    }
}
