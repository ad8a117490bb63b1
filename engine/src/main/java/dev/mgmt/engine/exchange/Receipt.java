package dev.mgmt.engine.exchange;

import dev.mgmt.engine.resource.ResourceId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a field's value comes from.
 *
 * @param secrecy whether the value must never be shown
 */
public record Receipt(ResourceId from, String output, Secrecy secrecy) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9_:]+)\\[(.+)]\\.([A-Za-z0-9_]+)", Pattern.DOTALL);

    public enum Secrecy {
        OPEN,
        SECRET
    }

    /** Reads {@code kind[name].output}; whether that is there and secret is not known yet. */
    public static Optional<Receipt> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? Optional.of(
                        new Receipt(
                                new ResourceId(form.group(1), form.group(2)),
                                form.group(3),
                                Secrecy.OPEN))
                : Optional.empty();
    }

    public boolean isSecret() {
        return secrecy == Secrecy.SECRET;
    }

    /** The form users write. */
    @Override
    public String toString() {
        return from + "." + output;
    }
}
