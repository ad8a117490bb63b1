package dev.mgmt.engine.run;

import org.jspecify.annotations.Nullable;

/**
 * Something to be ended that is being begun by another thread: whichever comes last, its beginning
 * or the wish to end it, ends it.
 */
final class Tether {
    private @Nullable Runnable end;
    private boolean cut;

    /** It has begun, and this ends it. */
    void hold(Runnable ending) {
        synchronized (this) {
            if (!cut) {
                end = ending;
                return;
            }
        }
        ending.run();
    }

    void cut() {
        Runnable held;
        synchronized (this) {
            cut = true;
            held = end;
            end = null;
        }
        if (held != null) {
            held.run();
        }
    }
}
