package dev.mgmt.engine.kind.pkg;

import dev.mgmt.engine.EngineEvent.Stream;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.pkg.PkgResource.Allow;
import dev.mgmt.engine.kind.pkg.PkgResource.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes several packages as they should be, in as few calls of the package manager as it can do
 * with. A package that cannot be had fails alone: the call is repeated without it.
 *
 * <p>What came of a call is read from the manager's database, not from what the call said.
 */
final class Transaction {
    private static final String PROPERTY = "state";

    private final HostPackages packages;
    private final PackageManager manager;
    private final Judgement judgement;
    private final List<Task> tasks;
    private final Map<Task, Outcome> outcomes = new HashMap<>();
    private final Map<Task, Decision.Act> unfinished = new HashMap<>();
    private final Map<Task, View> seen = new HashMap<>();
    private boolean refreshed;
    private String refreshFailed = "";

    Transaction(HostPackages packages, List<Task> tasks) throws IOException, InterruptedException {
        this.packages = packages;
        this.tasks = List.copyOf(tasks);
        manager = packages.manager();
        judgement = new Judgement(manager);
    }

    /** What came of each, in their order. */
    List<Outcome> run() throws IOException, InterruptedException {
        List<Task> open = new ArrayList<>();
        for (Verdict verdict : decide(tasks)) {
            if (verdict.task().attempt().checksOnly()) {
                outcomes.put(verdict.task(), checked(verdict.decision()));
            } else if (!settles(verdict.task(), verdict.decision())) {
                open.add(verdict.task());
            }
        }
        if (open.isEmpty()) {
            tellSeen();
        } else {
            packages.inTurn(
                    () -> {
                        try {
                            apply(open);
                        } finally {
                            tellSeen(); // Before anybody else's turn.
                        }
                    });
        }
        return tasks.stream().map(task -> Objects.requireNonNull(outcomes.get(task))).toList();
    }

    private void tellSeen() {
        seen.forEach((task, view) -> task.seen().accept(view));
    }

    /** What is to be done about a package. */
    private record Verdict(Task task, Decision decision) {}

    private List<Verdict> decide(List<Task> among) throws IOException, InterruptedException {
        Map<String, Standing> installed = packages.installed();
        Set<String> names = new TreeSet<>();
        for (Task task : among) {
            PkgResource wanted = task.resource();
            seen.put(task, new View(installed, packages.lists(wanted)));
            if (Judgement.asksLists(wanted, standing(installed, wanted))) {
                names.add(wanted.packageName());
            }
        }
        Map<String, Offer> offers = Map.of();
        String unreadable = "";
        try {
            offers = packages.offers(names);
        } catch (IOException e) {
            unreadable = Objects.requireNonNullElse(e.getMessage(), e.toString());
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Task task : among) {
            PkgResource wanted = task.resource();
            Offer offer = offers.get(wanted.packageName());
            Standing now = standing(installed, wanted);
            boolean unknown = !unreadable.isEmpty() && names.contains(wanted.packageName());
            Decision decision =
                    unknown
                            ? Judgement.unknown(wanted, now, unreadable)
                            : judgement.decide(wanted, now, offer);
            verdicts.add(new Verdict(task, decision));
        }
        return verdicts;
    }

    private static Standing standing(Map<String, Standing> installed, PkgResource wanted) {
        return installed.getOrDefault(wanted.packageName(), Standing.ABSENT);
    }

    private static Outcome checked(Decision decision) {
        return switch (decision) {
            case Decision.Fine() -> Outcome.GOOD;
            case Decision.Act(Step _, String detail) -> deviates(detail);
            case Decision.Unknown(String reason, String detail) ->
                    deviates(detail + ", but " + reason + " (they would be refreshed first)");
            case Decision.Refused(String reason) -> Outcome.Failed.because(reason);
        };
    }

    private static Outcome deviates(String detail) {
        return new Outcome.Deviates(List.of(new Mending(PROPERTY, detail)));
    }

    /** Whether nothing is left to do about it; then its outcome is known. */
    private boolean settles(Task task, Decision decision) throws IOException {
        switch (decision) {
            case Decision.Fine() -> {
                if (wantsNewerLists(task)) {
                    return false;
                }
                outcomes.put(task, Outcome.GOOD);
                return true;
            }
            case Decision.Refused(String reason) -> {
                outcomes.put(task, Outcome.Failed.because(reason));
                return true;
            }
            case Decision.Act _, Decision.Unknown _ -> {
                return false;
            }
        }
    }

    private boolean wantsNewerLists(Task task) throws IOException {
        return !refreshed
                && task.resource().state() instanceof State.Newest
                && packages.age().old(manager.database().lists());
    }

    private void apply(List<Task> open) throws IOException, InterruptedException {
        awaitLocks(open);
        repair(open);
        List<Act> acts = acts(open);
        if (acts.isEmpty()) {
            return;
        }
        List<Step> steps = acts.stream().map(act -> act.decision().step()).toList();
        for (List<Step> call : manager.calls(steps)) {
            carryOut(acts.stream().filter(act -> call.contains(act.decision().step())).toList());
        }
    }

    /** What is still to be done about a package. */
    private record Act(Task task, Decision.Act decision) {}

    /** Settles all that is not to be acted upon, with new lists if the old ones do not do. */
    private List<Act> acts(List<Task> open) throws IOException, InterruptedException {
        List<Verdict> verdicts = decide(open);
        if (!refreshed && wantNewerLists(verdicts)) {
            refresh(open);
            verdicts = decide(open);
        }
        List<Act> acts = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            switch (verdict.decision()) {
                case Decision.Act act -> acts.add(new Act(verdict.task(), act));
                case Decision.Fine() -> outcomes.put(verdict.task(), good(verdict.task()));
                case Decision.Refused(String reason) -> fail(verdict.task(), reason);
                case Decision.Unknown(String reason, String _) ->
                        fail(verdict.task(), reason + refreshFailed);
            }
        }
        return acts;
    }

    /** To finish what an earlier run had begun may have been all it needed. */
    private Outcome good(Task task) {
        Decision.Act finished = unfinished.get(task);
        return finished == null ? Outcome.GOOD : Outcome.changed(PROPERTY, finished.detail());
    }

    private boolean wantNewerLists(List<Verdict> verdicts) throws IOException {
        for (Verdict verdict : verdicts) {
            if (verdict.decision() instanceof Decision.Unknown || wantsNewerLists(verdict.task())) {
                return true;
            }
        }
        return false;
    }

    private void carryOut(List<Act> call) throws IOException, InterruptedException {
        List<Act> left = call;
        while (!left.isEmpty()) {
            List<Step> steps = left.stream().map(act -> act.decision().step()).toList();
            Answer answer = change(manager.command(steps, allowed(left)), tasks(left));
            left = settle(left);
            Blame blame = new Blame(manager.speech(), answer);
            if (!left.isEmpty() && blame.outdated() && !refreshed) {
                refresh(tasks(left));
                left = acts(tasks(left));
            } else {
                left = withoutCulprits(left, blame);
            }
        }
    }

    /** Calls the manager as often as somebody else was quicker. */
    private Answer change(List<String> argv, List<Task> waiting)
            throws IOException, InterruptedException {
        while (true) {
            Answer answer = packages.host().change(argv, line -> tellWaiting(waiting, line));
            packages.forget();
            if (!new Blame(manager.speech(), answer).busy()) {
                return answer;
            }
            awaitLocks(waiting);
        }
    }

    private static List<Task> tasks(List<Act> acts) {
        return acts.stream().map(Act::task).toList();
    }

    /** Returns those that are still not as they should be. */
    private List<Act> settle(List<Act> acts) throws IOException, InterruptedException {
        List<Verdict> after = decide(tasks(acts));
        List<Act> left = new ArrayList<>();
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            if (after.get(i).decision() instanceof Decision.Fine) {
                outcomes.put(act.task(), Outcome.changed(PROPERTY, act.decision().detail()));
            } else {
                left.add(act);
            }
        }
        return left;
    }

    /** Fails those at fault; returns the others, if they may do better without them. */
    private List<Act> withoutCulprits(List<Act> acts, Blame blame)
            throws IOException, InterruptedException {
        if (blame.outdated() && !refreshFailed.isEmpty()) {
            return failed(acts, blame); // Their archive cannot be reached.
        }
        List<Act> innocent = new ArrayList<>();
        for (Act act : acts) {
            List<String> lines = blame.of(act.decision().step());
            if (lines.isEmpty()) {
                innocent.add(act);
            } else {
                boolean tells = !lines.getLast().endsWith(":");
                String why = tells ? String.join(" | ", lines) : blame.why(manager.name());
                fail(act.task(), manager.name() + ": " + why);
            }
        }
        if (innocent.size() < acts.size()) {
            return innocent;
        }
        if (acts.size() > 1) {
            for (Act act : acts) { // Each alone: who fails then is at fault.
                carryOut(List.of(act));
            }
            return List.of();
        }
        return failed(acts, blame);
    }

    private List<Act> failed(List<Act> acts, Blame blame) {
        for (Act act : acts) {
            String why = blame.why(manager.name());
            fail(act.task(), "could not " + act.decision().detail() + ": " + why);
        }
        return List.of();
    }

    private void refresh(List<Task> waiting) throws IOException, InterruptedException {
        refreshed = true;
        tell(waiting, "refreshing the lists of " + manager.name());
        packages.age().tried();
        Set<Allow> allowed = waiting.getFirst().resource().allows();
        Answer answer = change(manager.refresh(allowed), waiting);
        Blame blame = new Blame(manager.speech(), answer);
        if (blame.stale()) {
            String why = blame.why(manager.name());
            refreshFailed = "; its lists could not be refreshed: " + why;
            tell(waiting, "the lists could not be refreshed: " + why);
        } else {
            packages.age().refreshed();
        }
    }

    private void repair(List<Task> waiting) throws IOException, InterruptedException {
        List<String> call = manager.repair().orElse(List.of());
        if (call.isEmpty()) {
            return;
        }
        for (Verdict verdict : decide(waiting)) {
            if (verdict.decision() instanceof Decision.Act act) {
                unfinished.put(verdict.task(), act);
            }
        }
        tell(waiting, "an earlier run was interrupted; repairing: " + String.join(" ", call));
        Answer answer = change(call, waiting);
        if (!answer.well()) {
            throw new IOException(
                    "an earlier run of the package manager was interrupted, and `"
                            + String.join(" ", call)
                            + "` does not mend that: "
                            + new Blame(manager.speech(), answer).why(manager.name()));
        }
    }

    private void awaitLocks(List<Task> waiting) throws IOException, InterruptedException {
        new LockWait(packages.watches(), text -> tell(waiting, text)).await(manager.locks());
    }

    /** Only what all of them allow: a call has no options for single packages. */
    private static Set<Allow> allowed(List<Act> acts) {
        Set<Allow> allowed = EnumSet.allOf(Allow.class);
        acts.forEach(act -> allowed.retainAll(act.task().resource().allows()));
        return allowed;
    }

    private void fail(Task task, String reason) {
        outcomes.put(task, Outcome.Failed.because(reason));
    }

    private static void tellWaiting(List<Task> waiting, String line) {
        if (line.startsWith("Waiting for ")) {
            tell(waiting, line);
        }
    }

    /** Once, though it concerns them all. */
    private static void tell(List<Task> waiting, String text) {
        waiting.getFirst().output().line(Stream.STDERR, text);
    }
}
