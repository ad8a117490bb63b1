package dev.mgmt.tunnel.sshj;

/** A key file that cannot serve; the message continues the sentence that its name begins. */
final class UnusableKey extends Exception {
    private static final long serialVersionUID = 1;

    UnusableKey(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
