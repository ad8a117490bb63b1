package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the file of a unit may be: the administrator's first, then those of packages. */
final class UnitFilePaths {
    private static final List<String> HOST =
            List.of("/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system");
    private static final List<String> SESSION =
            List.of("/etc/systemd/user", "/usr/lib/systemd/user");
    private static final String INIT_SCRIPTS = "/etc/init.d";

    private UnitFilePaths() {}

    static List<Need> needsOf(String unit, Scope scope) {
        List<Path> paths = of(unit, scope);
        List<Thing> things = paths.stream().<Thing>map(Thing.At::new).toList();
        return List.of(new Need.FirstOf(things), new Need.Shipped(paths));
    }

    private static List<Path> of(String unit, Scope scope) {
        List<Path> paths = new ArrayList<>();
        for (String directory :
                switch (scope) {
                    case HOST -> HOST;
                    case SESSION -> SESSION;
                }) {
            for (String file : files(unit)) {
                paths.add(Path.of(directory, file));
            }
        }
        if (scope == Scope.HOST && unit.endsWith(UnitName.SERVICE)) {
            paths.add(Path.of(INIT_SCRIPTS, UnitName.withoutService(unit)));
        }
        return paths;
    }

    /** An instance of a template may have a file of its own, or that of the template. */
    private static List<String> files(String unit) {
        int at = unit.indexOf('@');
        int dot = unit.lastIndexOf('.');
        return at < 0 || at + 1 == dot
                ? List.of(unit)
                : List.of(unit, unit.substring(0, at + 1) + unit.substring(dot));
    }
}
