package dev.mgmt.remote.fleet;

import dev.mgmt.remote.image.ImageUpload;
import java.util.function.Consumer;

/** Passes on every hundredth of a transfer, and its end. */
final class CopyProgress implements ImageUpload.Progress {
    private static final int STEPS = 100;

    private final String host;
    private final Consumer<FleetEvent> listener;
    private long told;

    CopyProgress(String host, Consumer<FleetEvent> listener) {
        this.host = host;
        this.listener = listener;
    }

    @Override
    public void sent(long bytes, long total) {
        long step = total == 0 ? STEPS : bytes * STEPS / total;
        if (step > told) {
            told = step;
            listener.accept(new FleetEvent.ImageSent(host, bytes, total));
        }
    }
}
