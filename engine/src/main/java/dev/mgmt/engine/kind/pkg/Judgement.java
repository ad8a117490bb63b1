package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import dev.mgmt.engine.kind.pkg.PkgResource.State;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides what is to be done about a package, from what the host has and what the lists offer. */
final class Judgement {
    /** Debian's sections of software that is not free, or needs such; then Ubuntu's. */
    private static final Set<String> NOT_FREE =
            Set.of("contrib", "non-free", "non-free-firmware", "restricted", "multiverse");

    private final VersionOrder order;

    /** How a package manager orders versions. */
    @FunctionalInterface
    interface VersionOrder {
        /** Negative if {@code first} is older, zero if they are the same. */
        int compare(String first, String second) throws IOException, InterruptedException;
    }

    Judgement(VersionOrder order) {
        this.order = order;
    }

    /** Whether the lists must be asked. */
    static boolean asksLists(PkgResource wanted, Standing now) {
        return switch (wanted.state()) {
            case State.Uninstalled() -> false;
            case State.Installed() -> !now.whole();
            case State.Newest() -> true;
            case State.Version(String version) ->
                    !(now.whole() && now.versions().contains(version));
        };
    }

    /**
     * @param offer null if the lists do not know the name, or were not asked
     */
    Decision decide(PkgResource wanted, Standing now, @Nullable Offer offer)
            throws IOException, InterruptedException {
        Decision decision =
                switch (wanted.state()) {
                    case State.Uninstalled() -> uninstalled(wanted, now);
                    case State.Installed() -> now.whole() ? Decision.FINE : put(wanted, now, offer);
                    case State.Newest() -> newest(wanted, now, offer);
                    case State.Version(String version) -> pinned(wanted, version, now, offer);
                };
        if (decision instanceof Decision.Act && now.held()) {
            String name = wanted.packageName();
            return new Decision.Refused(
                    name + " is held as it is on this host (`apt-mark unhold " + name + "`)");
        }
        return decision;
    }

    /** What is wanted of it, if the lists that would tell more cannot be read. */
    static Decision unknown(PkgResource wanted, Standing now, String reason) {
        String verb = now.whole() ? "upgrade " : "install ";
        return new Decision.Unknown(reason, verb + wanted.packageName());
    }

    private static Decision uninstalled(PkgResource wanted, Standing now) {
        String name = wanted.packageName();
        return now.present()
                ? new Decision.Act(new Step.Remove(name), "remove " + name + " " + now.shown())
                : Decision.FINE;
    }

    private Decision newest(PkgResource wanted, Standing now, @Nullable Offer offer)
            throws IOException, InterruptedException {
        if (!now.whole()) {
            return put(wanted, now, offer);
        }
        if (offer == null || offer.candidate().isEmpty()) {
            return Decision.FINE; // What no list knows is as new as it gets.
        }
        String candidate = offer.candidate().get();
        for (String version : now.versions()) {
            if (version.equals(candidate) || order.compare(version, candidate) >= 0) {
                return Decision.FINE;
            }
        }
        String name = wanted.packageName();
        String detail = "upgrade " + name + " " + now.shown() + " → " + candidate;
        return permitted(
                wanted, candidate, offer, new Decision.Act(new Step.Upgrade(name), detail));
    }

    /** It is not there, or not whole. */
    private static Decision put(PkgResource wanted, Standing now, @Nullable Offer offer) {
        String name = wanted.packageName();
        if (now.present()) {
            String detail = "finish the installation of " + name + " " + now.shown();
            return new Decision.Act(new Step.Install(name), detail);
        }
        if (offer == null) {
            return new Decision.Unknown(
                    "the package manager's lists know no package " + name, "install " + name);
        }
        if (offer.candidate().isEmpty()) {
            return new Decision.Unknown(
                    name
                            + " has no version that could be installed (it may be a name that other"
                            + " packages provide: name one of them)",
                    "install " + name);
        }
        String version = offer.candidate().get();
        Decision.Act act =
                new Decision.Act(new Step.Install(name), "install " + name + " " + version);
        return permitted(wanted, version, offer, act);
    }

    private Decision pinned(PkgResource wanted, String version, Standing now, @Nullable Offer offer)
            throws IOException, InterruptedException {
        if (now.whole() && now.versions().contains(version)) {
            return Decision.FINE;
        }
        String name = wanted.packageName();
        boolean older = now.present() && order.compare(version, now.versions().getLast()) < 0;
        if (older && !wanted.allows().contains(Allow.DOWNGRADE)) {
            return new Decision.Refused(
                    name
                            + " is newer than "
                            + version
                            + " here: "
                            + now.shown()
                            + " (`allowdowngrade: true` puts the older one in its place)");
        }
        String detail = detail(name, version, now, older);
        if (offer == null || !offer.sections().containsKey(version)) {
            String known =
                    offer == null || offer.sections().isEmpty()
                            ? "no package of that name"
                            : String.join(", ", new TreeSet<>(offer.sections().keySet()));
            return new Decision.Unknown(
                    "the package manager's lists know no "
                            + name
                            + " "
                            + version
                            + " (they know "
                            + known
                            + ")",
                    detail);
        }
        return permitted(
                wanted, version, offer, new Decision.Act(new Step.Pin(name, version), detail));
    }

    private static String detail(String name, String version, Standing now, boolean older) {
        if (!now.present()) {
            return "install " + name + " " + version;
        }
        String verb = older ? "downgrade " : "upgrade ";
        return verb + name + " " + now.shown() + " → " + version;
    }

    private static Decision permitted(
            PkgResource wanted, String version, Offer offer, Decision.Act act) {
        Set<String> sections = offer.sections().getOrDefault(version, Set.of());
        boolean free = sections.isEmpty() || !NOT_FREE.containsAll(sections);
        if (free || wanted.allows().contains(Allow.NONFREE)) {
            return act;
        }
        return new Decision.Refused(
                wanted.packageName()
                        + " "
                        + version
                        + " is in "
                        + String.join(", ", new TreeSet<>(sections))
                        + ", which is not free software (`allownonfree: true` accepts it)");
    }
}
