package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.kind.augeas.AugeasResource.Target;
import java.util.List;
import java.util.Optional;

/**
 * What is said to {@code augtool}, line by line on its input: no shell reads it. The sections that
 * {@link Answer} reads come in this order: what could not be loaded, each path before it is set,
 * each path afterwards, what was saved, what went wrong with that.
 */
record Script(Optional<Target> target, List<Setting> settings) {
    /** Its answer is one line that stands between the sections. */
    private static final String MARK = "print \"/augeas/version/save/mode[1]\"";

    /** Whether files are written, or it is only found out what would be. */
    enum Saving {
        TRIED("noop"),
        DONE("overwrite");

        private final String mode;

        Saving(String mode) {
            this.mode = mode;
        }
    }

    /** Without a target every file that Augeas knows is loaded, which takes a second or more. */
    List<String> argv() {
        return target.isPresent()
                ? List.of("augtool", "-r", "/", "-A", "-L")
                : List.of("augtool", "-r", "/");
    }

    String input(Saving saving) {
        StringBuilder text = new StringBuilder();
        target.ifPresent(
                known -> {
                    line(text, "set /augeas/load/mgmt/lens " + quoted(known.lens()));
                    String pattern = TreePath.pattern(known.file());
                    line(text, "set /augeas/load/mgmt/incl " + quoted(pattern));
                    line(text, "load");
                });
        line(text, "print /augeas//error");
        line(text, MARK);
        settings.forEach(setting -> print(text, setting));
        settings.forEach(
                setting -> line(text, "set " + path(setting) + " " + quoted(setting.value())));
        line(text, MARK);
        settings.forEach(setting -> print(text, setting));
        line(text, "set /augeas/save " + saving.mode);
        line(text, "save");
        line(text, MARK);
        line(text, "print /augeas/events");
        line(text, MARK);
        line(text, "print /augeas//error");
        line(text, MARK);
        return text.toString();
    }

    private void print(StringBuilder text, Setting setting) {
        line(text, "print " + path(setting));
        line(text, MARK);
    }

    private String path(Setting setting) {
        return TreePath.quoted(TreePath.of(target, setting));
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }

    private static String quoted(String value) {
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + "\"";
    }
}
