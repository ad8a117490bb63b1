package dev.mgmt.engine.run;

import dev.mgmt.engine.world.StoreKeys;
import dev.mgmt.engine.world.World;
import dev.mgmt.engine.world.World.Change;
import dev.mgmt.engine.world.World.Commit;
import dev.mgmt.engine.world.World.Snapshot;
import dev.mgmt.engine.world.World.Transaction;
import dev.mgmt.engine.world.WorldException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries out what a step asks of the shared store; answers come back as inputs. Called by the
 * run's owner only.
 */
final class SharedStore {
    private final World world;
    private final String host;
    private final Surroundings surroundings;
    private final Consumer<Input> inputs;
    private final Map<Effect.Subscription, Tether> subscriptions = new HashMap<>();

    SharedStore(World world, String host, Surroundings surroundings, Consumer<Input> inputs) {
        this.world = world;
        this.host = host;
        this.surroundings = surroundings;
        this.inputs = inputs;
    }

    void readExports() {
        surroundings.begin(
                () ->
                        answer(
                                () -> {
                                    Snapshot snapshot = world.read(StoreKeys.exports(host));
                                    return new Input.ExportsRead(snapshot.entries());
                                }));
    }

    void commitExports(Transaction transaction) {
        surroundings.begin(
                () ->
                        answer(
                                () -> {
                                    Commit commit = world.commit(transaction);
                                    return new Input.ExportsCommitted(commit.revision());
                                }));
    }

    void open(Effect.Subscription subscription) {
        Tether tether = new Tether();
        subscriptions.put(subscription, tether);
        surroundings.begin(() -> follow(subscription, tether));
    }

    void close(Effect.Subscription subscription) {
        Tether tether = subscriptions.remove(subscription);
        if (tether != null) {
            tether.cut();
        }
    }

    void close() {
        for (Tether tether : subscriptions.values()) {
            tether.cut();
        }
        subscriptions.clear();
    }

    @FunctionalInterface
    private interface Question {
        Input ask() throws WorldException, InterruptedException;
    }

    private void answer(Question question) {
        try {
            inputs.accept(question.ask());
        } catch (WorldException e) {
            inputs.accept(new Input.ExportsFailed(reason(e)));
        } catch (InterruptedException e) {
            inputs.accept(new Input.ExportsFailed("interrupted"));
        }
    }

    /** The reading is told before the watch begins, so that no change can come before it. */
    private void follow(Effect.Subscription subscription, Tether tether) {
        World.Listener listener =
                new World.Listener() {
                    @Override
                    public void changed(long revision, List<Change> changes) {
                        inputs.accept(new Input.CollectionChanged(subscription, revision, changes));
                    }

                    @Override
                    public void ended(WorldException cause) {
                        inputs.accept(new Input.CollectionEnded(subscription, reason(cause)));
                    }
                };
        try {
            Snapshot snapshot = world.read(subscription.folder());
            inputs.accept(new Input.CollectionOpened(subscription, snapshot));
            World.Subscription watch =
                    world.watch(subscription.folder(), snapshot.revision() + 1, listener);
            tether.hold(watch::close);
        } catch (WorldException e) {
            inputs.accept(new Input.CollectionEnded(subscription, reason(e)));
        } catch (InterruptedException e) {
            inputs.accept(new Input.CollectionEnded(subscription, "interrupted"));
        }
    }

    private static String reason(WorldException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
