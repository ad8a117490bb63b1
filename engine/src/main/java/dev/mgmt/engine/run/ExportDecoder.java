package dev.mgmt.engine.run;

import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.yaml.ExportReading;

/** Makes a resource of what a host exported; {@code GraphReader.readExport} is one. */
@FunctionalInterface
public interface ExportDecoder {
    /**
     * @param origin the key in the store, for problems
     * @param pattern of the {@code collect} entry; may be empty
     */
    ExportReading decode(String origin, ResourceId id, String text, String pattern);
}
