package dev.mgmt.engine.kind.password;

import dev.mgmt.engine.driver.HostTools;
import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.ResourceId;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Passwords that are made once and then handed out. */
final class PasswordDriver implements ResourceDriver<PasswordResource> {
    static final String OUTPUT = "password";

    private final HostTools tools;

    /** Longer than a vertex: one whose meta parameters are edited keeps its password. */
    private final Map<ResourceId, Secret> known = new ConcurrentHashMap<>();

    private @Nullable SecureRandom random;

    PasswordDriver(HostTools tools) {
        this.tools = tools;
    }

    @Override
    public Freshness freshness(PasswordResource resource) {
        return Freshness.SETTLED;
    }

    @Override
    public Keeper keeper(PasswordResource resource, OutputListener output) {
        return new PasswordKeeper(resource, tools.state(), known, this::random);
    }

    /** Not made before it is needed: agents start without. */
    private synchronized RandomGenerator random() {
        if (random == null) {
            random = new SecureRandom();
        }
        return random;
    }
}
