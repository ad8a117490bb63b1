package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values in configuration files.
 *
 * @param target the file and how it is read; empty: whichever files the paths lead into, read as
 *     Augeas reads them by itself
 */
public record AugeasResource(
        ResourceId id, Meta meta, Optional<Target> target, List<Setting> settings)
        implements Resource {
    /** What has the program, by the names that distributions give it. */
    private static final List<Thing> PACKAGES =
            List.of(new Thing.SoftwarePackage("augeas-tools"), new Thing.SoftwarePackage("augeas"));

    public AugeasResource {
        settings = List.copyOf(settings);
    }

    /**
     * @param file absolute and normalized
     * @param lens such as {@code Sshd.lns}
     */
    public record Target(Path file, String lens) {}

    /**
     * @param path in Augeas' tree, below the target's file, or below {@code /files} if there is no
     *     target
     */
    public record Setting(String path, String value) {}

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(3);
        needs.add(new Need.FirstOf(PACKAGES));
        target.ifPresent(
                known -> {
                    needs.add(new Need.Of(new Thing.At(known.file())));
                    needs.add(new Need.DirectoryAbove(known.file()));
                });
        return needs;
    }
}
