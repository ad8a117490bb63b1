package dev.mgmt.engine.yaml;

import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/** Passes events on until they nest too deeply; the library's own limit tells no position. */
final class DepthGuard implements Parser {
    private final Parser parser;
    private final int limit;
    private int depth;

    DepthGuard(Parser parser, int limit) {
        this.parser = parser;
        this.limit = limit;
    }

    /** Thrown through the composer, which lets it pass. */
    static final class TooDeep extends YAMLException {
        private static final long serialVersionUID = 1L;
        private final transient Place place;

        TooDeep(Place place) {
            super("nested too deeply");
            this.place = place;
        }

        Place place() {
            return place;
        }
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event getEvent() {
        Event event = parser.getEvent();
        if (event.is(Event.ID.MappingStart) || event.is(Event.ID.SequenceStart)) {
            depth++;
            if (depth > limit) {
                throw new TooDeep(Place.of(event.getStartMark()));
            }
        } else if (event.is(Event.ID.MappingEnd) || event.is(Event.ID.SequenceEnd)) {
            depth--;
        }
        return event;
    }
}
