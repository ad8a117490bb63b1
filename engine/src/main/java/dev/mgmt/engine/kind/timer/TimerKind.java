package dev.mgmt.engine.kind.timer;

import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Meta;
import dev.mgmt.engine.resource.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

final class TimerKind implements Kind {
    /** Keeps every deadline computed from it far from overflow. */
    private static final long LONGEST_SECONDS = Duration.ofDays(36500).toSeconds();

    @Override
    public String name() {
        return "timer";
    }

    @Override
    public List<String> fields() {
        return List.of("interval");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        OptionalLong seconds = fields.integer("interval");
        if (seconds.isEmpty()
                || seconds.getAsLong() <= 0
                || seconds.getAsLong() > LONGEST_SECONDS) {
            fields.problem(
                    "interval",
                    "`interval` must be between 1 and " + LONGEST_SECONDS + " seconds",
                    "");
            return Optional.empty();
        }
        Meta meta = fields.meta();
        if (!meta.poll().isZero()) {
            fields.problem("meta", "a timer has no `poll`: it has its `interval`", "remove it");
            return Optional.empty();
        }
        Meta ticking =
                new Meta(
                        meta.noop(),
                        meta.retries(),
                        Duration.ofSeconds(seconds.getAsLong()),
                        meta.rate(),
                        meta.semaphores(),
                        meta.timeout(),
                        meta.traits());
        return Optional.of(new TimerResource(fields.id(), ticking));
    }
}
