package dev.mgmt.engine.kind.pkg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a tool answered: its exit code, and what it wrote. */
record Answer(int code, List<String> out, List<String> err) {
    private static final int LAST_WORDS = 3;

    Answer {
        out = List.copyOf(out);
        err = List.copyOf(err);
    }

    boolean well() {
        return code == 0;
    }

    /**
     * @param codes what it may have ended with to be of use
     * @throws IOException otherwise, in its own words
     */
    Answer expecting(String what, String tool, Set<Integer> codes) throws IOException {
        if (!codes.contains(code)) {
            throw new IOException(what + " cannot be read: " + lastWords(tool));
        }
        return this;
    }

    /** How it ended, in its own words. */
    String lastWords(String tool) {
        List<String> said = new ArrayList<>();
        for (List<String> stream : List.of(err, out)) {
            for (String line : stream) {
                if (!line.isBlank() && !line.startsWith("W:")) {
                    said.add(line.strip());
                }
            }
            if (!said.isEmpty()) {
                break;
            }
        }
        String ending = tool + " ended with exit code " + code;
        List<String> last = said.subList(Math.max(0, said.size() - LAST_WORDS), said.size());
        return last.isEmpty() ? ending : ending + ": " + String.join(" | ", last);
    }

    /** Its errors first, as people look for them there. */
    List<String> lines() {
        List<String> all = new ArrayList<>(err);
        all.addAll(out);
        return all;
    }
}
