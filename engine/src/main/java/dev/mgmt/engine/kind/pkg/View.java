package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.os.FileStamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the state of one package was last judged by.
 *
 * @param lists how the files of the lists were; empty where no newer ones matter
 */
record View(Map<String, Standing> installed, List<@Nullable FileStamp> lists) {
    View {
        installed = Map.copyOf(installed);
        lists = Collections.unmodifiableList(new ArrayList<>(lists));
    }
}
