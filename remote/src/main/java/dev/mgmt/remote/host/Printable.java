package dev.mgmt.remote.host;

/** What a host wrote, made safe to show on a terminal. */
public final class Printable {
    private Printable() {}

    /** Without control characters, and not longer than asked for. */
    public static String of(String text, int longest) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && safe.length() < longest; i++) {
            char c = text.charAt(i);
            safe.append(Character.isISOControl(c) ? ' ' : c);
        }
        return safe.toString().strip();
    }
}
