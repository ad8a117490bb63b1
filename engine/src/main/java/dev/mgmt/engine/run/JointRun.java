package dev.mgmt.engine.run;

import dev.mgmt.engine.driver.DriverRegistry;
import dev.mgmt.engine.driver.Outcome;
import dev.mgmt.engine.driver.ResourceDriver.Joined;
import dev.mgmt.engine.resource.Resource;
import java.io.IOException;
import java.util.Collections;
import java.util.List;

/** One action for several vertices. Whatever ends the action ends it for all of them. */
final class JointRun {
    private JointRun() {}

    /**
     * @return what came of each, in their order
     */
    static List<Outcome> of(DriverRegistry drivers, Resource any, List<Joined> members) {
        try {
            List<Outcome> outcomes = drivers.runTogether(any, members);
            return outcomes.size() == members.size()
                    ? outcomes
                    : failed(
                            members,
                            "a defect of this program: %d outcomes of %d resources"
                                    .formatted(outcomes.size(), members.size()));
        } catch (IOException e) {
            String message = e.getMessage();
            return failed(members, message == null ? e.toString() : message);
        } catch (InterruptedException e) {
            return failed(members, "interrupted");
        } catch (RuntimeException e) {
            return failed(members, "a defect of this program: " + e);
        }
    }

    private static List<Outcome> failed(List<Joined> members, String reason) {
        return Collections.nCopies(members.size(), Outcome.Failed.because(reason));
    }
}
