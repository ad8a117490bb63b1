package dev.mgmt.remote.fleet;

import dev.mgmt.remote.inventory.HostSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The threads of a run: one for each host. Used by the run's owner only. */
final class Crew {
    private final RunContext context;
    private final Targets targets;
    private final Map<String, Member> members = new LinkedHashMap<>();

    Crew(RunContext context) {
        this.context = context;
        this.targets = new Targets(context.options(), context.equipment());
    }

    private record Member(Bootstrap bootstrap, Thread thread) {}

    void start(HostSpec host) {
        Bootstrap bootstrap = new Bootstrap(context, host, targets.of(host));
        Thread thread = Thread.ofVirtual().name("host " + host.name()).start(bootstrap::run);
        members.put(host.name(), new Member(bootstrap, thread));
    }

    /** An agent that runs, or is about to, hears of the end from the store; the rest is cut off. */
    void end(String host) {
        Member member = member(host);
        member.bootstrap.expectEnd();
        if (!member.bootstrap.stage().hasAgent()) {
            abandon(member);
        }
    }

    /** Its agent's standing is gone. */
    void doubt(String host, Instant now) {
        member(host).bootstrap.doubt(now);
    }

    /** Ends the link at once, whatever it is used for. */
    void cut(String host) {
        Member member = member(host);
        member.bootstrap.expectEnd();
        abandon(member);
    }

    /** Until no thread is left. All of them must have been told to end. */
    void join() throws InterruptedException {
        for (Member member : members.values()) {
            member.thread.join();
        }
    }

    private static void abandon(Member member) {
        member.thread.interrupt();
        member.bootstrap.cut();
    }

    private Member member(String host) {
        Member member = members.get(host);
        if (member == null) {
            throw new IllegalArgumentException("no such host: " + host);
        }
        return member;
    }
}
