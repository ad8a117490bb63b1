package dev.mgmt.cli.view;

import java.util.Map;

/** Whether words are coloured. Nothing is said by colour alone. */
enum Palette {
    PLAIN,
    COLOURED;

    enum Tone {
        GOOD("32"),
        CHANGED("33"),
        BAD("31"),
        ASIDE("2");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    /** See no-color.org: any value but none means no colour. */
    static Palette of(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() ? COLOURED : PLAIN;
    }

    /** ECMA-48 SGR round the text. */
    String paint(Tone tone, String text) {
        return switch (this) {
            case PLAIN -> text;
            case COLOURED -> "\u001b[" + tone.code + "m" + text + "\u001b[0m";
        };
    }
}
