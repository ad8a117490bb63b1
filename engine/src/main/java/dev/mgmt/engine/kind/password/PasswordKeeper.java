package dev.mgmt.engine.kind.password;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.password.PasswordResource.Damage;
import dev.mgmt.engine.os.StateDirectory;
import dev.mgmt.engine.resource.ResourceId;
import dev.mgmt.engine.world.KeyPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes one password, and keeps it for as long as is asked. No detail of what it mends ever holds
 * the password.
 */
final class PasswordKeeper implements Keeper {
    private final PasswordResource resource;
    private final StateDirectory state;
    private final Map<ResourceId, Secret> known;
    private final Supplier<RandomGenerator> random;
    private final String file;

    PasswordKeeper(
            PasswordResource resource,
            StateDirectory state,
            Map<ResourceId, Secret> known,
            Supplier<RandomGenerator> random) {
        this.resource = resource;
        this.state = state;
        this.known = known;
        this.random = random;
        file = "password/" + KeyPart.encode(resource.id().name());
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException {
        List<Mending> mendings = new ArrayList<>(1);
        Optional<String> saved = state.read(file);
        Secret present = attempt.refreshes() ? null : present(saved);
        if (present == null || !present.fits(resource)) {
            mendings.add(new Mending("password", why(attempt, saved)));
            if (!attempt.checksOnly()) {
                present = Secret.make(resource, random.get());
            }
        }
        if (present != null && !attempt.checksOnly()) {
            keep(present, saved);
            known.put(resource.id(), present);
        }
        return Outcome.of(attempt, mendings);
    }

    @Override
    public Map<String, String> outputs() {
        Secret secret = known.get(resource.id());
        return secret == null ? Map.of() : Map.of(PasswordDriver.OUTPUT, secret.text());
    }

    @Override
    public Watch watch(WatchListener listener) {
        return Watch.NONE;
    }

    private static String why(Attempt attempt, Optional<String> saved) {
        if (attempt.refreshes()) {
            return "made anew: refreshed";
        }
        return saved.isPresent() ? "made anew: the saved one does not fit" : "made";
    }

    private @Nullable Secret present(Optional<String> saved) throws IOException {
        Secret remembered = known.get(resource.id());
        if (remembered != null || saved.isEmpty()) {
            return remembered;
        }
        Optional<Secret> read = Secret.read(saved.get());
        if (read.isEmpty() && resource.damage() == Damage.IS_ERROR) {
            throw new IOException(
                    "the saved password is damaged (`checkrecovery: true`, or a refresh, makes"
                            + " another one)");
        }
        return read.orElse(null);
    }

    /** The file is there exactly if it is asked for, and says what is known. */
    private void keep(Secret secret, Optional<String> saved) throws IOException {
        switch (resource.keeping()) {
            case SAVED -> {
                if (!saved.equals(Optional.of(secret.saved()))) {
                    state.write(file, secret.saved());
                }
            }
            case IN_MEMORY -> {
                if (saved.isPresent()) {
                    state.delete(file);
                }
            }
        }
    }
}
