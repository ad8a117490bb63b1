package dev.mgmt.engine.graph;

import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Need;
import dev.mgmt.engine.resource.Resource;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.resource.Thing;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A resource of any kind that makes, removes and needs what a test says. */
record Part(ResourceId id, Meta meta, List<Thing> makes, List<Thing> removes, List<Need> needs)
        implements Resource {
    static Part any(String kind, String name) {
        return new Part(new ResourceId(kind, name), Meta.NONE, List.of(), List.of(), List.of());
    }

    static Part file(String path) {
        return any("file", path)
                .makes(new Thing.At(Path.of(path)))
                .needs(new Need.DirectoryAbove(Path.of(path)));
    }

    static Part absentFile(String path) {
        return any("file", path)
                .removes(new Thing.At(Path.of(path)))
                .needs(new Need.DirectoryAbove(Path.of(path)));
    }

    static Part pkg(String name) {
        return any("pkg", name).makes(new Thing.SoftwarePackage(name));
    }

    static Part uninstalled(String name) {
        return any("pkg", name).removes(new Thing.SoftwarePackage(name));
    }

    static Part exec(String program) {
        return any("exec", program).needs(new Need.Shipped(List.of(Path.of(program))));
    }

    static Part svc(String name) {
        Path own = Path.of("/etc/systemd/system", name + ".service");
        Path shipped = Path.of("/usr/lib/systemd/system", name + ".service");
        return any("svc", name)
                .needs(new Need.FirstOf(List.of(new Thing.At(own), new Thing.At(shipped))))
                .needs(new Need.Shipped(List.of(own, shipped)));
    }

    Part makes(Thing thing) {
        return new Part(id, meta, with(makes, thing), removes, needs);
    }

    Part removes(Thing thing) {
        return new Part(id, meta, makes, with(removes, thing), needs);
    }

    Part needs(Need need) {
        return new Part(id, meta, makes, removes, with(needs, need));
    }

    Part without(Meta.Trait trait) {
        Set<Meta.Trait> traits = EnumSet.copyOf(meta.traits());
        traits.remove(trait);
        Meta less =
                new Meta(
                        meta.noop(),
                        meta.retries(),
                        meta.poll(),
                        meta.rate(),
                        meta.semaphores(),
                        meta.timeout(),
                        traits);
        return new Part(id, less, makes, removes, needs);
    }

    private static <T> List<T> with(List<? extends T> list, T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }
}
