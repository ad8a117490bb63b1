package dev.mgmt.remote.launch;

import dev.mgmt.engine.EngineEvent;
import dev.mgmt.remote.host.Printable;
import dev.mgmt.remote.wire.BoundedLines;
import dev.mgmt.remote.wire.EventLine;
import dev.mgmt.remote.wire.LastWord;
import dev.mgmt.remote.wire.MalformedMessage;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Understands an agent's standard error. Before the agent speaks, a login shell or a tool may; what
 * they say is left to whoever explains a failure. Afterwards a line that is no event is shown as it
 * is, for it can only come from the agent's own process.
 */
public final class AgentVoice implements Predicate<BoundedLines.Line> {
    private static final int SHOWN = 500;

    private final Consumer<EngineEvent> listener;
    private volatile boolean speaking;
    private volatile Optional<LastWord> lastWord = Optional.empty();

    public AgentVoice(Consumer<EngineEvent> listener) {
        this.listener = listener;
    }

    /** From now on every line is the agent's. */
    void begin() {
        speaking = true;
    }

    /** Why the agent ends, if it has said so. */
    Optional<LastWord> lastWord() {
        return lastWord;
    }

    @Override
    public boolean test(BoundedLines.Line line) {
        return switch (line) {
            case BoundedLines.Line.Whole(String text) -> event(text);
            case BoundedLines.Line.Cut(String text) -> odd(text);
        };
    }

    private boolean event(String text) {
        try {
            EngineEvent event = EventLine.read(text);
            speaking = true;
            listener.accept(event);
            return true;
        } catch (MalformedMessage e) {
            return isLastWord(text) || odd(text);
        }
    }

    private boolean isLastWord(String text) {
        try {
            lastWord = Optional.of(LastWord.read(text));
            return true;
        } catch (MalformedMessage e) {
            return false;
        }
    }

    /** Shown, and all the same not understood: should the agent die now, it may be the reason. */
    private boolean odd(String text) {
        String shown = Printable.of(text, SHOWN);
        if (speaking && !shown.isEmpty()) {
            listener.accept(new EngineEvent.Notice("the agent's process says: " + shown));
        }
        return false;
    }
}
