package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.dbus.BusError;
import dev.mgmt.engine.kind.systemd.SvcResource.Scope;
import dev.mgmt.engine.kind.systemd.Systemd.Verb;
import dev.mgmt.engine.os.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why a unit is not as it should be, in words. */
final class UnitFault {
    private static final Duration JOURNAL_PATIENCE = Duration.ofSeconds(5);

    private final UnitWish wish;
    private final Systemd systemd;
    private final Machine machine;

    UnitFault(UnitWish wish, Systemd systemd, Machine machine) {
        this.wish = wish;
        this.systemd = systemd;
        this.machine = machine;
    }

    /** What need not be tried. */
    void refuseStart(UnitView unit) throws IOException {
        if (unit.masked()) {
            throw masked(unit, "started");
        }
        if (unit.load().equals("error") || unit.load().equals("bad-setting")) {
            throw new IOException(
                    "the file of %s cannot be used: %s (`systemd-analyze verify %s` tells more)"
                            .formatted(unit.id(), unit.loadError(), unit.id()));
        }
    }

    static IOException masked(UnitView unit, String deed) {
        return new IOException(
                "%s is masked and cannot be %s (`systemctl unmask %s` lifts that)"
                        .formatted(unit.id(), deed, unit.id()));
    }

    String reason(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof BusError error && error.denied()) {
            return "not allowed for this user: "
                    + message
                    + (wish.scope() == Scope.HOST
                            ? " (run as root, or use `session: true` for the user's own services)"
                            : "");
        }
        return failure instanceof BusError
                ? "systemd refused for " + wish.unit() + ": " + message
                : message;
    }

    /**
     * @param ending how the job ended
     * @param after the unit since then
     */
    IOException of(Verb verb, String ending, UnitView after)
            throws IOException, InterruptedException {
        String deed =
                switch (verb) {
                    case START -> "start";
                    case STOP -> "stop";
                    case REFRESH -> "reload or restart";
                };
        return new IOException(
                "could not "
                        + deed
                        + " "
                        + after.id()
                        + ": "
                        + cause(ending, after)
                        + journal(after)
                        + " (see `systemctl "
                        + (wish.scope() == Scope.SESSION ? "--user " : "")
                        + "status "
                        + after.id()
                        + "`)");
    }

    private String cause(String ending, UnitView after) throws IOException, InterruptedException {
        String result = systemd.detail(after, "Result").map(Object::toString).orElse("");
        return switch (ending) {
            case "dependency" -> "a unit that it requires could not be started";
            case "timeout" -> "it took too long";
            case "canceled" -> "somebody else asked for the opposite meanwhile";
            case "assert" -> "an assertion of its file does not hold";
            case "done", "skipped" -> finished(after, result);
            default -> failed(ending, after, result);
        };
    }

    private static String finished(UnitView after, String result) {
        if (after.active().equals("failed")) {
            return "it failed at once (Result=" + result + ")";
        }
        return "it is "
                + after.active()
                + " again: a condition of its file does not hold, or it ends by itself and does not"
                + " stay active (RemainAfterExit)";
    }

    private String failed(String ending, UnitView after, String result)
            throws IOException, InterruptedException {
        List<String> facts = new ArrayList<>();
        if (!result.isEmpty()) {
            facts.add("Result=" + result);
        }
        Optional<Object> status = systemd.detail(after, "ExecMainStatus");
        if (result.equals("exit-code") && status.isPresent()) {
            facts.add("exit code " + status.get());
        }
        return "the job ended with `"
                + ending
                + "`"
                + (facts.isEmpty() ? "" : " (" + String.join(", ", facts) + ")");
    }

    /** What it said last, if there is a journal and somebody to read it. */
    private String journal(UnitView unit) throws InterruptedException {
        Optional<String> tool = machine.tool("journalctl");
        if (tool.isEmpty()) {
            return "";
        }
        String which = wish.scope() == Scope.SESSION ? "--user-unit=" : "--unit=";
        List<String> arguments =
                List.of("--quiet", "--no-pager", "--lines=5", "--output=cat", which + unit.id());
        try {
            ToolRun.of(machine.command(tool.get(), List.of("--sync")), JOURNAL_PATIENCE);
            ToolRun read = ToolRun.of(machine.command(tool.get(), arguments), JOURNAL_PATIENCE);
            return read.succeeded() ? read.said() : "";
        } catch (IOException e) {
            return ""; // The reason is known without it.
        }
    }
}
