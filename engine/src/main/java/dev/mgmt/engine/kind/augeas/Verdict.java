package dev.mgmt.engine.kind.augeas;

import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.augeas.Answer.Node;
import dev.mgmt.engine.kind.augeas.AugeasResource.Setting;
import dev.mgmt.engine.os.FileFault;
import dev.mgmt.engine.os.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an answer means for a resource. */
final class Verdict {
    private final AugeasResource resource;
    private final Answer answer;
    private final String said;

    private Verdict(AugeasResource resource, Answer answer, String said) {
        this.resource = resource;
        this.answer = answer;
        this.said = said;
    }

    static Verdict of(AugeasResource resource, Tool.Finished finished) throws FileFault {
        Answer answer = Answer.read(finished.out(), resource.settings().size());
        String words = finished.err().strip().replaceAll("\\s*\n\\s*", " | ");
        Verdict verdict = new Verdict(resource, answer, words.isEmpty() ? "" : ": " + words);
        verdict.expectLoaded();
        return verdict;
    }

    /** What is not as it should be, from what to what. */
    List<Mending> mendings() throws FileFault {
        List<Mending> mendings = new ArrayList<>();
        for (int i = 0; i < resource.settings().size(); i++) {
            Setting setting = resource.settings().get(i);
            List<Node> nodes = answer.before().get(i);
            if (nodes.size() > 1) {
                throw new FileFault(
                        "`%s` leads to %d nodes, and one is to be set (say which: %s[1])"
                                .formatted(setting.path(), nodes.size(), setting.path()));
            }
            // A node without a value is as good as one with an empty one.
            boolean there = !nodes.isEmpty();
            String value = there ? nodes.getFirst().value().orElse("") : "";
            if (!there || !value.equals(setting.value())) {
                mendings.add(
                        new Mending(
                                "set",
                                "%s: %s → `%s`"
                                        .formatted(
                                                setting.path(),
                                                there ? "`" + value + "`" : "absent",
                                                setting.value())));
            }
        }
        return mendings;
    }

    /** That all were set and the files written, or would have been. */
    void expectSaved() throws FileFault {
        for (int i = 0; i < resource.settings().size(); i++) {
            Setting setting = resource.settings().get(i);
            List<Node> nodes = answer.after().get(i);
            if (!isSet(nodes, setting)) {
                throw new FileFault("`" + setting.path() + "` cannot be set" + said);
            }
        }
        for (Map.Entry<String, String> error : answer.unsaved().entrySet()) {
            boolean saving = error.getKey().endsWith("/error") && !isLoading(error.getValue());
            if (saving) {
                throw fault("save", error.getKey(), answer.unsaved());
            }
        }
        if (answer.saved().isEmpty()) {
            throw new FileFault(
                    "nothing was saved: no file that Augeas knows has these paths (give `file` and"
                            + " `lens`)"
                            + said);
        }
    }

    private static boolean isSet(List<Node> nodes, Setting setting) {
        return nodes.size() == 1 && nodes.getFirst().value().orElse("").equals(setting.value());
    }

    private void expectLoaded() throws FileFault {
        for (Map.Entry<String, String> error : answer.unread().entrySet()) {
            String path = error.getKey();
            if (path.equals("/augeas/load/mgmt/error")) {
                throw new FileFault(error.getValue());
            }
            if (path.endsWith("/error") && isLoading(error.getValue()) && concerns(path)) {
                throw fault("read", path, answer.unread());
            }
        }
    }

    private static boolean isLoading(String error) {
        return error.equals("parse_failed") || error.startsWith("read_");
    }

    /** Whether the error is with a file that something is to be set in. */
    private boolean concerns(String error) {
        String file = error.substring("/augeas".length(), error.length() - "/error".length());
        return resource.settings().stream()
                .map(setting -> TreePath.of(resource.target(), setting))
                .anyMatch(path -> path.startsWith(file + "/"));
    }

    private FileFault fault(String deed, String path, Map<String, String> errors) {
        String file = path.substring("/augeas/files".length(), path.length() - "/error".length());
        String lens = resource.target().map(known -> " with " + known.lens()).orElse("");
        String place =
                about(errors, path, "line")
                        .map(
                                line ->
                                        " at line "
                                                + line
                                                + about(errors, path, "char")
                                                        .map(c -> ", character " + c)
                                                        .orElse(""))
                        .orElse("");
        String message =
                about(errors, path, "message")
                        .flatMap(
                                text ->
                                        text.lines()
                                                .map(String::strip)
                                                .filter(l -> !l.isEmpty())
                                                .findFirst())
                        .map(text -> ": " + text)
                        .orElse("");
        return new FileFault(
                "cannot %s %s%s: %s%s%s"
                        .formatted(deed, file, lens, errors.get(path), place, message));
    }

    private static Optional<String> about(Map<String, String> errors, String error, String what) {
        return Optional.ofNullable(errors.get(error + "/" + what));
    }
}
