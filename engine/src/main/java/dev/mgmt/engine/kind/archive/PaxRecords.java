package dev.mgmt.engine.kind.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mgmt.engine.os.FileFault;
import java.util.HashMap;
import java.util.Map;

/** What a pax extended header says: {@code LENGTH KEY=VALUE} and a line end, again and again. */
final class PaxRecords {
    private PaxRecords() {}

    static Map<String, String> read(byte[] body) throws FileFault {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < body.length && body[at] != 0) {
            int blank = indexOf(body, ' ', at);
            int length = length(new String(body, at, blank - at, US_ASCII));
            int end = at + length;
            // The length counts itself: "6 a=b" and its line end.
            if (end > body.length || end - 1 <= blank || body[end - 1] != '\n') {
                throw damaged();
            }
            int equals = indexOf(body, '=', blank);
            if (equals >= end) {
                throw damaged();
            }
            records.put(
                    new String(body, blank + 1, equals - blank - 1, UTF_8),
                    new String(body, equals + 1, end - equals - 2, UTF_8));
            at = end;
        }
        return records;
    }

    private static int length(String digits) throws FileFault {
        if (digits.isEmpty()
                || digits.length() > 7
                || !digits.chars().allMatch(Character::isDigit)) {
            throw damaged();
        }
        return Integer.parseInt(digits);
    }

    private static int indexOf(byte[] body, char wanted, int from) throws FileFault {
        for (int i = from; i < body.length; i++) {
            if (body[i] == wanted) {
                return i;
            }
        }
        throw damaged();
    }

    private static FileFault damaged() {
        return new FileFault("it has a damaged extended header");
    }
}
