package dev.mgmt.remote.fleet;

import dev.mgmt.remote.inventory.HostSpec;
import dev.mgmt.tunnel.Target;
import dev.mgmt.tunnel.identity.Credential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The threads of a run: one for each host. Used by the run's owner only. */
final class Crew {
    private static final Duration KEEPALIVE = Duration.ofSeconds(3);

    private final RunContext context;
    private final Map<String, Member> members = new LinkedHashMap<>();

    Crew(RunContext context) {
        this.context = context;
    }

    private record Member(Bootstrap bootstrap, Thread thread) {}

    void start(HostSpec host) {
        Bootstrap bootstrap = new Bootstrap(context, host, target(host));
        Thread thread = Thread.ofVirtual().name("host " + host.name()).start(bootstrap::run);
        members.put(host.name(), new Member(bootstrap, thread));
    }

    /** An agent that runs, or is about to, hears of the end from the store; the rest is cut off. */
    void end(String host) {
        Member member = member(host);
        member.bootstrap.expectEnd();
        if (member.bootstrap.stage().compareTo(Stage.STARTING) < 0) {
            abandon(member);
        }
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

    private Target target(HostSpec host) {
        FleetOptions options = context.options();
        return new Target(
                host.name(),
                host.address(),
                host.port().orElse(options.port()),
                host.user().orElse(options.user()),
                credentials(host),
                options.hostKeyPolicy(),
                options.knownHosts(),
                options.connectTimeout(),
                KEEPALIVE);
    }

    /** The host's own keys, else everybody's; a password that somebody wrote down comes last. */
    private List<Credential> credentials(HostSpec host) {
        List<Path> files =
                host.identities().isEmpty() ? context.options().identities() : host.identities();
        List<Credential> credentials = new ArrayList<>();
        for (Path file : files) {
            credentials.add(
                    new Credential.KeyFile(
                            file, () -> context.equipment().passphrases().apply(file)));
        }
        host.password()
                .ifPresent(secret -> credentials.add(new Credential.Password(secret::toCharArray)));
        return credentials;
    }
}
