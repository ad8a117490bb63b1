package dev.mgmt.engine.kind.systemd;

import dev.mgmt.engine.driver.Attempt;
import dev.mgmt.engine.driver.Outcome.Mending;
import dev.mgmt.engine.kind.systemd.SvcResource.Startup;
import dev.mgmt.engine.kind.systemd.Systemd.Lasting;
import java.io.IOException;
import java.util.List;

/** Whether a unit starts with the host: the links that its file's section Install asks for. */
final class StartupLinks {
    private final UnitWish wish;
    private final Systemd systemd;

    /** What it stayed although a change was accepted: to ask again each time would never end. */
    private String unmoved = "";

    StartupLinks(UnitWish wish, Systemd systemd) {
        this.wish = wish;
        this.systemd = systemd;
    }

    void mend(UnitView unit, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (wish.startup().isEmpty()) {
            return;
        }
        String present = systemd.startup(unit.id()).orElse("absent");
        if (present.equals(unmoved)) {
            throw unmoved(unit);
        }
        unmoved = "";
        switch (wish.startup().get()) {
            case ENABLED -> enable(unit, present, attempt, mendings);
            case DISABLED -> disable(unit, present, attempt, mendings);
        }
    }

    /** States as systemctl(1) explains them at {@code is-enabled}. */
    private void enable(UnitView unit, String present, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        switch (present) {
            case "enabled", "alias" -> {}
            case "indirect" -> enableOthers(unit, attempt, mendings);
            case "static" ->
                    throw new IOException(
                            unit.id()
                                    + " cannot be enabled: its file has no section [Install];"
                                    + " others start it (leave `startup` out)");
            case "masked", "masked-runtime" -> throw UnitFault.masked(unit, "enabled");
            case "generated", "transient" -> throw notByFile(unit, present);
            default -> {
                mendings.add(new Mending("startup", present + " → enabled"));
                if (!attempt.checksOnly()) {
                    systemd.enable(unit.id());
                    systemd.reload();
                    verify(unit, Startup.ENABLED);
                }
            }
        }
    }

    /** Nothing is linked to the unit itself, but maybe to those that it names in Also. */
    private void enableOthers(UnitView unit, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        if (!attempt.checksOnly() && systemd.enable(unit.id()) > 0) {
            mendings.add(new Mending("startup", "disabled → enabled"));
            systemd.reload();
        }
    }

    private void disable(UnitView unit, String present, Attempt attempt, List<Mending> mendings)
            throws IOException, InterruptedException {
        switch (present) {
            case "enabled", "enabled-runtime", "alias" -> {
                mendings.add(new Mending("startup", present + " → disabled"));
                if (!attempt.checksOnly()) {
                    systemd.disable(unit.id(), Lasting.FOR_GOOD);
                    systemd.disable(unit.id(), Lasting.THIS_BOOT);
                    systemd.reload();
                    verify(unit, Startup.DISABLED);
                }
            }
            case "generated" -> throw notByFile(unit, present);
            default -> {
                // Nothing starts it with the host that could be undone here.
            }
        }
    }

    private void verify(UnitView unit, Startup wanted) throws IOException, InterruptedException {
        String present = systemd.startup(unit.id()).orElse("absent");
        boolean enabled = present.equals("enabled") || present.equals("alias");
        if (enabled != (wanted == Startup.ENABLED)) {
            unmoved = present;
            throw unmoved(unit);
        }
    }

    private IOException unmoved(UnitView unit) {
        return new IOException(
                "systemd accepted the change, but %s is still %s".formatted(unit.id(), unmoved));
    }

    private static IOException notByFile(UnitView unit, String present) {
        return new IOException(
                "%s is %s, not a file of systemd's: its startup cannot be set (an init script's"
                                .formatted(unit.id(), present)
                        + " can with update-rc.d or chkconfig)");
    }
}
