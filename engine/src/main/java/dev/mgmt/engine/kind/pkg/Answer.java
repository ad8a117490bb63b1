package dev.mgmt.engine.kind.pkg;

import java.util.ArrayList;
import java.util.List;

/** What a tool answered: its exit code, and what it wrote. */
record Answer(int code, List<String> out, List<String> err) {
    Answer {
        out = List.copyOf(out);
        err = List.copyOf(err);
    }

    boolean well() {
        return code == 0;
    }

    /** Its errors first, as people look for them there. */
    List<String> lines() {
        List<String> all = new ArrayList<>(err);
        all.addAll(out);
        return all;
    }
}
