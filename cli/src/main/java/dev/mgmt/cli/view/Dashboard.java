package dev.mgmt.cli.view;

import dev.mgmt.remote.fleet.FleetEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows at the foot of the terminal: one for each host, or, where they are too many, a summary
 * and the hosts that most want to be looked at (failed, then slowest). Owned by one thread.
 */
final class Dashboard {
    private final Map<String, HostRow> rows = new LinkedHashMap<>();
    private final Palette palette;

    Dashboard(Palette palette) {
        this.palette = palette;
    }

    void take(FleetEvent event, Duration now) {
        host(event)
                .ifPresent(
                        host ->
                                rows.compute(
                                        host,
                                        (_, row) ->
                                                (row == null ? HostRow.of(host, now) : row)
                                                        .after(event, now)));
    }

    /** At most {@code height} lines of at most {@code width} columns. */
    List<String> lines(int height, int width, Duration now) {
        if (rows.isEmpty() || height < 1) {
            return List.of();
        }
        if (rows.size() <= height) {
            return rows.values().stream().map(row -> line(row, width, now)).toList();
        }
        List<String> lines = new ArrayList<>();
        lines.add(Printable.cut(summary(), width));
        rows.values().stream()
                .sorted(Comparator.comparing(HostRow::standing).thenComparing(HostRow::since))
                .limit(height - 1L)
                .map(row -> line(row, width, now))
                .forEach(lines::add);
        return lines;
    }

    private String line(HostRow row, int width, Duration now) {
        int names = Math.min(width / 3, longestName());
        String name = Printable.padded(Printable.cut(Printable.line(row.host()), names), names);
        String time = Printable.padded(Figures.time(now.minus(row.since())), 8);
        String words = Printable.line(row.words());
        String shown = Printable.cut(words, width - names - time.length() - 4);
        return name + "  " + time + "  " + painted(row, shown);
    }

    private String painted(HostRow row, String words) {
        return switch (row.standing()) {
            case FAILED -> palette.paint(Palette.Tone.BAD, words);
            case UNDER_WAY -> words;
            case WAITING -> palette.paint(Palette.Tone.ASIDE, words);
            case CONVERGED -> palette.paint(Palette.Tone.GOOD, words);
        };
    }

    private String summary() {
        Map<HostRow.Standing, Integer> counts = new EnumMap<>(HostRow.Standing.class);
        rows.values().forEach(row -> counts.merge(row.standing(), 1, Integer::sum));
        return rows.size()
                + " hosts: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + word(entry.getKey()))
                        .collect(Collectors.joining(", "));
    }

    private static String word(HostRow.Standing standing) {
        return switch (standing) {
            case FAILED -> "failed";
            case UNDER_WAY -> "under way";
            case WAITING -> "waiting";
            case CONVERGED -> "converged";
        };
    }

    private int longestName() {
        return rows.keySet().stream()
                .map(Printable::line)
                .mapToInt(name -> name.codePointCount(0, name.length()))
                .max()
                .orElse(0);
    }

    private static Optional<String> host(FleetEvent event) {
        return switch (event) {
            case FleetEvent.Entered entered -> Optional.of(entered.host());
            case FleetEvent.ImageReused reused -> Optional.of(reused.host());
            case FleetEvent.ImageSent sent -> Optional.of(sent.host());
            case FleetEvent.Status status -> Optional.of(status.host());
            case FleetEvent.Engine engine -> Optional.of(engine.host());
            case FleetEvent.Retrying retrying -> Optional.of(retrying.host());
            case FleetEvent.Failed failed -> Optional.of(failed.host());
            case FleetEvent.GateRefused refused -> Optional.of(refused.host());
            case FleetEvent.Pushed _, FleetEvent.EditRefused _, FleetEvent.AtRest _ ->
                    Optional.empty();
        };
    }
}
