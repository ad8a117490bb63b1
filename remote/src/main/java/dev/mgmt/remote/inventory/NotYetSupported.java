package dev.mgmt.remote.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What inventories can say and this version cannot do. Refused rather than ignored: a host reached
 * or run otherwise than asked is worse than an error. To lift a limit, take its line out of here.
 */
final class NotYetSupported {
    private NotYetSupported() {}

    static void refuse(List<SettledHost> hosts, Problems problems) {
        Map<Place, String> refused = new LinkedHashMap<>();
        for (SettledHost host : hosts) {
            host.fields().via().ifPresent(via -> refused.putIfAbsent(via.place(), "via"));
        }
        refused.forEach(
                (place, what) ->
                        problems.add(place, "`" + what + "` is not supported by this version"));
    }
}
