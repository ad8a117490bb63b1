package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A package manager as far as packages are kept with it: where it remembers what is installed, what
 * to call it with, and what its messages mean. Calls are made by {@link Transaction}.
 */
interface PackageManager extends Judgement.VersionOrder {
    String name();

    Database database();

    /** By name. May be slow. */
    Map<String, Standing> installed() throws IOException, InterruptedException;

    /** What its lists know of these packages; those they do not know are missing. */
    Map<String, Offer> offers(Collection<String> names) throws IOException, InterruptedException;

    /** What belongs to an installed package, as the package spells it. */
    Set<Path> files(String packageName) throws IOException, InterruptedException;

    /** What must be free before it can do anything, and what it does not wait for by itself. */
    List<LockWait.Lock> locks();

    /** The call that fetches its lists anew. */
    List<String> refresh(Set<Allow> allowed);

    /**
     * Splits steps into those that one call can do together: the fewest calls that it can do with.
     */
    List<List<Step>> calls(List<Step> steps);

    /**
     * @param steps one of {@link #calls}
     */
    List<String> command(List<Step> steps, Set<Allow> allowed);

    /**
     * The call that mends a database which an earlier call has left half-written, where that is so.
     */
    default Optional<List<String>> repair() throws IOException {
        return Optional.empty();
    }

    Speech speech();

    /**
     * Where it keeps what it knows; any of these may be missing.
     *
     * @param files replaced or written when packages change
     * @param directories whose entries come and go when packages change
     * @param lists directories whose entries change when its lists do; none: it sees to their age
     *     itself
     */
    record Database(List<Path> files, List<Path> directories, List<Path> lists) {
        public Database {
            files = List.copyOf(files);
            directories = List.copyOf(directories);
            lists = List.copyOf(lists);
        }
    }

    /**
     * What its messages mean.
     *
     * @param blames lines that blame one package, with {@code NAME} where its name is
     * @param causes lines that say why a call failed, whomever they blame
     * @param busy somebody else has its lock
     * @param outdated what the lists name could not be fetched
     * @param stale lists could not be fetched, however well the call ended
     */
    record Speech(
            List<String> blames, Pattern causes, Pattern busy, Pattern outdated, Pattern stale) {
        static final Pattern NOTHING = Pattern.compile("(?!)");

        public Speech {
            blames = List.copyOf(blames);
        }
    }
}
