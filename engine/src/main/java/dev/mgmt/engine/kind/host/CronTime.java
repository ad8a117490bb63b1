package dev.mgmt.engine.kind.host;

import dev.mgmt.engine.resource.Fields;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a command runs: crontab(5)'s five fields, or one of its words. */
final class CronTime {
    private static final Set<String> WORDS =
            Set.of(
                    "reboot",
                    "yearly",
                    "annually",
                    "monthly",
                    "weekly",
                    "daily",
                    "midnight",
                    "hourly");
    private static final List<Unit> UNITS =
            List.of(
                    new Unit("minute", 0, 59, List.of()),
                    new Unit("hour", 0, 23, List.of()),
                    new Unit("day", 1, 31, List.of()),
                    new Unit(
                            "month",
                            1,
                            12,
                            List.of(
                                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
                                    "oct", "nov", "dec")),
                    new Unit(
                            "weekday",
                            0,
                            7,
                            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private CronTime() {}

    /** The text before user and command. */
    static String of(Fields fields) {
        Optional<String> special = fields.filled("special");
        StringBuilder text = new StringBuilder();
        for (Unit unit : UNITS) {
            Optional<String> given = fields.filled(unit.field());
            if (given.isPresent() && special.isPresent()) {
                fields.problem(
                        unit.field(),
                        "`" + unit.field() + "` and `special` cannot be used together",
                        "keep one of them");
            }
            given.filter(value -> !unit.holds(value))
                    .ifPresent(value -> unit.refuse(fields, value));
            text.append(text.isEmpty() ? "" : " ").append(given.orElse("*"));
        }
        return special.map(word -> special(fields, word)).orElse(text.toString());
    }

    private static String special(Fields fields, String word) {
        String name = word.startsWith("@") ? word.substring(1) : word;
        if (!WORDS.contains(name)) {
            fields.problem(
                    "special",
                    "`" + word + "` is not a time that cron knows",
                    "use one of @" + String.join(", @", WORDS.stream().sorted().toList()));
        }
        return "@" + name;
    }

    /**
     * One of the five fields.
     *
     * @param names of its values, from the smallest on; may be empty
     */
    private record Unit(String field, int least, int most, List<String> names) {
        private static final Pattern ITEM =
                Pattern.compile("(?:\\*|([0-9a-z]+)(?:-([0-9a-z]+))?)(?:/([0-9]{1,3}))?");

        private boolean holds(String value) {
            for (String item : value.split(",", -1)) {
                Matcher matcher = ITEM.matcher(item.toLowerCase(Locale.ROOT));
                if (!matcher.matches()) {
                    return false;
                }
                String step = matcher.group(3);
                String from = matcher.group(1);
                String to = matcher.group(2);
                int first = from == null ? least : number(from);
                int last = to == null ? first : number(to);
                if (first < 0 || last < first || (step != null && Integer.parseInt(step) < 1)) {
                    return false;
                }
                if (step != null && from != null && to == null) {
                    return false; // Some crons take 5/10 for 5, others for 5-59/10.
                }
            }
            return true;
        }

        /** -1 if it is none of this unit's. */
        private int number(String text) {
            if (names.contains(text)) {
                return least + names.indexOf(text);
            }
            int number = text.matches("[0-9]{1,2}") ? Integer.parseInt(text) : -1;
            return number >= least && number <= most ? number : -1;
        }

        private void refuse(Fields fields, String value) {
            fields.problem(
                    field,
                    "`" + value + "` is no `" + field + "` of cron",
                    "from "
                            + least
                            + " to "
                            + most
                            + ", such as `*`, `*/5`, `1-5`, `1,3` or `1-9/2`");
        }
    }
}
