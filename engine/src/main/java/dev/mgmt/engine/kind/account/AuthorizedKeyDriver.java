package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.Keeper;
import dev.mgmt.engine.driver.OutputListener;
import dev.mgmt.engine.driver.ResourceDriver;
import dev.mgmt.engine.resource.Presence;
import java.util.Optional;

/** Keys that users may log in with. */
final class AuthorizedKeyDriver implements ResourceDriver<AuthorizedKeyResource> {
    private final Accounts accounts;

    AuthorizedKeyDriver(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Freshness freshness(AuthorizedKeyResource resource) {
        return Freshness.WATCHED;
    }

    @Override
    public Keeper keeper(AuthorizedKeyResource resource, OutputListener output) {
        return new AuthorizedKeyKeeper(resource, accounts);
    }

    @Override
    public Optional<AuthorizedKeyResource> reversed(AuthorizedKeyResource resource) {
        return resource.state() == Presence.ABSENT
                ? Optional.empty()
                : Optional.of(
                        new AuthorizedKeyResource(
                                resource.id(),
                                resource.meta(),
                                Presence.ABSENT,
                                resource.user(),
                                resource.key(),
                                "",
                                Optional.empty(),
                                resource.path()));
    }
}
