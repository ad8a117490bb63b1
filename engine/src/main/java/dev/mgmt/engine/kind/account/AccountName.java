package dev.mgmt.engine.kind.account;

import dev.mgmt.engine.resource.Fields;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What the account files can hold without one line turning into another. */
final class AccountName {
    static final String RULE =
            "letters, digits, `_`, `-` and `.`, not starting with a digit, `-` or `.`, at most 32";

    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}\\$?");

    /** The number after it means "no change" to chown(2). */
    private static final long LARGEST_ID = 4294967294L;

    private AccountName() {}

    static boolean check(Fields fields, String field, String name) {
        boolean good = name.length() <= 32 && SYNTAX.matcher(name).matches();
        if (!good) {
            fields.problem(
                    field,
                    "`" + name + "` cannot be the name of a user or group",
                    "allowed are " + RULE);
        }
        return good;
    }

    /** A name, or the number of one. */
    static boolean checkNameOrNumber(Fields fields, String field, String text) {
        return isNumber(text) || check(fields, field, text);
    }

    static boolean isNumber(String text) {
        return text.matches("0|[1-9][0-9]{0,9}") && Long.parseLong(text) <= LARGEST_ID;
    }

    static OptionalLong number(Fields fields, String field) {
        OptionalLong number = fields.integer(field);
        if (number.isPresent() && (number.getAsLong() < 0 || number.getAsLong() > LARGEST_ID)) {
            fields.problem(field, "`" + field + "` must be between 0 and " + LARGEST_ID, "");
            return OptionalLong.empty();
        }
        return number;
    }

    /** For a field that ends up in a line of an account file. */
    static boolean checkText(Fields fields, String field, String text) {
        boolean good = text.chars().noneMatch(c -> c == ':' || c < ' ' || c == 127);
        if (!good) {
            fields.problem(
                    field, "`" + field + "` cannot have `:` or control characters", "remove them");
        }
        return good;
    }
}
