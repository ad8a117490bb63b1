package dev.mgmt.remote.host;

/** A host that lets us in, but cannot be given or run an agent. */
public abstract sealed class HostException extends Exception {
    private static final long serialVersionUID = 1;
    private final String what;
    private final String why;
    private final String advice;

    HostException(String what, String why, String advice) {
        super(what + ": " + why);
        this.what = what;
        this.why = why;
        this.advice = advice;
    }

    /** What failed, in a sentence without the host's name. */
    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    /** What to do next. */
    public String advice() {
        return advice;
    }

    /** No image for it, no space, no directory that allows execution, no shell that answers. */
    public static final class CannotTakeAgent extends HostException {
        private static final long serialVersionUID = 1;

        public CannotTakeAgent(String what, String why, String advice) {
            super(what, why, advice);
        }
    }

    /** One directory has no room for the image; another may have. */
    public static final class NoSpace extends HostException {
        private static final long serialVersionUID = 1;

        public NoSpace(String what, String why, String advice) {
            super(what, why, advice);
        }
    }

    /** The login works, but what was to run there may not run with the rights it needs. */
    public static final class PrivilegeRefused extends HostException {
        private static final long serialVersionUID = 1;

        public PrivilegeRefused(String what, String why, String advice) {
            super(what, why, advice);
        }
    }

    /** The link went, or nothing was heard for longer than a stage may take. */
    public static final class Vanished extends HostException {
        private static final long serialVersionUID = 1;

        public Vanished(String what, String why, String advice) {
            super(what, why, advice);
        }
    }
}
