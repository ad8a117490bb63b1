package dev.mgmt.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The sorts of options there are. */
final class Options {
    /** What {@code --converged-timeout} means by never. */
    static final Duration NEVER = Duration.ofSeconds(-1);

    private static final Pattern DURATION =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)?");

    private Options() {}

    static OptionSpec flag(String name, String description) {
        return flag(description, new String[] {name});
    }

    static OptionSpec shortFlag(String letter, String name, String description) {
        return flag(description, new String[] {letter, name});
    }

    private static OptionSpec flag(String description, String[] names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    /** Understood, but not shown: an old spelling. */
    static OptionSpec hiddenFlag(String name) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").hidden(true).build();
    }

    /** Understood, but not shown: an old spelling. */
    static OptionSpec hiddenText(String name) {
        return OptionSpec.builder(name).type(String.class).hidden(true).build();
    }

    static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec shortText(String letter, String name, String label, String description) {
        return OptionSpec.builder(letter, name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec number(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(Integer.class)
                .converters(Options::count)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** A number as of old: below zero is none. */
    static OptionSpec limit(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(OptionalInt.class)
                .converters(
                        text ->
                                text.equals("-1")
                                        ? OptionalInt.empty()
                                        : OptionalInt.of(count(text)))
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec duration(String name, String label, String description) {
        return duration(label, description, new String[] {name});
    }

    static OptionSpec shortDuration(String letter, String name, String label, String description) {
        return duration(label, description, new String[] {letter, name});
    }

    private static OptionSpec duration(String label, String description, String[] names) {
        return OptionSpec.builder(names)
                .type(Duration.class)
                .converters(Options::duration)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec path(String name, String label, String description) {
        return path(label, description, new String[] {name});
    }

    static OptionSpec shortPath(String letter, String name, String label, String description) {
        return path(label, description, new String[] {letter, name});
    }

    private static OptionSpec path(String label, String description, String[] names) {
        return OptionSpec.builder(names)
                .type(Path.class)
                .converters(Path::of)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** May be given several times. */
    static OptionSpec paths(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(Path.class)
                .converters(Path::of)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** One of the enum's constants, written in lower case with dashes. */
    static <E extends Enum<E>> OptionSpec choice(String name, Class<E> type, String description) {
        return OptionSpec.builder(name)
                .type(type)
                .converters(text -> constant(type, text))
                .paramLabel(String.join("|", words(type)))
                .description(description)
                .build();
    }

    /** {@code 5} is seconds; {@code 500ms}, {@code 1.5s}, {@code 2m}, {@code 1h}, {@code 1d}. */
    static Duration duration(String text) {
        if (text.equals("-1")) {
            return NEVER;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration: write 5 (seconds), 500ms, 2m or 1h");
        }
        String unit = matcher.group(2);
        double milliseconds =
                switch (unit == null ? "s" : unit) {
                    case "ms" -> 1;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    case "d" -> 86_400_000;
                    default -> 1_000;
                };
        return Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * milliseconds));
    }

    /** {@code -1} is the same as not saying anything. */
    static Optional<Duration> orNever(Optional<Duration> said) {
        return said.filter(duration -> !duration.equals(NEVER));
    }

    private static int count(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with the number that is too small.
        }
        throw new TypeConversionException("'" + text + "' is not a whole number from 1 on");
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        throw new TypeConversionException(
                "'" + text + "' is none of " + String.join(", ", words(type)));
    }

    private static List<String> words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Options::word).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
