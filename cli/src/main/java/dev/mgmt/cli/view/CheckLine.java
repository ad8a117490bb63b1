package dev.mgmt.cli.view;

import dev.mgmt.engine.driver.CheckListener.Check;

/** Why a resource ran, for those who want to know all. */
public final class CheckLine {
    private CheckLine() {}

    public static String of(Check check) {
        String why =
                switch (check.cause()) {
                    case NEW -> "it is new in the graph";
                    case REFRESH -> "what notifies it was changed";
                    case DISTURBANCE -> "its part of the world changed";
                    case RETRY -> "it failed before";
                    case TURN -> "it was its turn";
                };
        String found =
                switch (check.finding()) {
                    case GOOD -> "as wanted";
                    case EVENTFUL -> "not as wanted";
                    case FAILED -> "failed";
                };
        return "%s ran because %s: %s".formatted(check.resource(), why, found);
    }
}
