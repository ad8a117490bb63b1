package dev.mgmt.engine.kind.pkg;

import java.util.ArrayList;
import java.util.List;

/** Splits steps for those managers that cannot do all kinds of them in one call. */
final class Calls {
    private Calls() {}

    /** What has to go first, so that it is not in the way of what comes. */
    static List<List<Step>> byDeed(List<Step> steps) {
        List<Step> removals = new ArrayList<>();
        List<Step> installs = new ArrayList<>();
        List<Step> upgrades = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Remove _ -> removals.add(step);
                case Step.Install _, Step.Pin _ -> installs.add(step);
                case Step.Upgrade _ -> upgrades.add(step);
            }
        }
        return List.of(removals, installs, upgrades).stream()
                .filter(call -> !call.isEmpty())
                .toList();
    }

    static boolean removes(List<Step> steps) {
        return steps.stream().allMatch(Step.Remove.class::isInstance);
    }

    static boolean upgrades(List<Step> steps) {
        return steps.stream().allMatch(Step.Upgrade.class::isInstance);
    }
}
