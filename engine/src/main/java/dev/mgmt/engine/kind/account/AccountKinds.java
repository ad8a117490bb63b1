package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.driver.KindProvider;
import dev.mgmt.engine.driver.ProvidedKind;
import java.util.List;

/** Users, groups, and the keys that users log in with. */
public final class AccountKinds implements KindProvider {
    /** One line per kind. */
    @Override
    public List<ProvidedKind<?>> kinds() {
        return List.of(
                new ProvidedKind<>(
                        new UserKind(),
                        UserResource.class,
                        tools -> new UserDriver(Accounts.of(tools))),
                new ProvidedKind<>(
                        new GroupKind(),
                        GroupResource.class,
                        tools -> new GroupDriver(Accounts.of(tools))),
                new ProvidedKind<>(
                        new AuthorizedKeyKind(),
                        AuthorizedKeyResource.class,
                        tools -> new AuthorizedKeyDriver(Accounts.of(tools))));
    }
}
