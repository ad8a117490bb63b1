package dev.mgmt.tunnel;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host cannot be reached, or no longer. Each leaf is one fact, with what is needed to explain it.
 */
public abstract sealed class TunnelException extends Exception {
    private static final long serialVersionUID = 1;

    private transient volatile @Nullable Target hop;

    protected TunnelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The jump host where it happened; empty: at the target itself. */
    public Optional<Target> hop() {
        return Optional.ofNullable(hop);
    }

    /** Says that it happened on the way, at this host; the hop that was said first stays. */
    public TunnelException at(Target jumpHost) {
        if (hop == null) {
            hop = jumpHost;
        }
        return this;
    }

    /** Whether the same attempt may succeed a little later. */
    public abstract boolean isTransient();

    /** No TCP connection: refused, no route, no such name, timed out. */
    public static final class Unreachable extends TunnelException {
        private static final long serialVersionUID = 1;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /**
     * TCP works, but the other side does not complete an SSH key exchange (no SSH server, no common
     * algorithm).
     */
    public static final class HandshakeFailed extends TunnelException {
        private static final long serialVersionUID = 1;

        public HandshakeFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The host accepted none of the credentials, or none could be used. */
    public static final class LoginRefused extends TunnelException {
        private static final long serialVersionUID = 1;

        public LoginRefused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** No known_hosts file lists this host. */
    public static final class HostKeyUnknown extends TunnelException {
        private static final long serialVersionUID = 1;
        private final String fingerprint;
        private final String knownHostsLine;

        /**
         * @param knownHostsLine the line that, appended to known_hosts, would accept this key
         */
        public HostKeyUnknown(String message, String fingerprint, String knownHostsLine) {
            super(message, null);
            this.fingerprint = fingerprint;
            this.knownHostsLine = knownHostsLine;
        }

        /** {@code SHA256:…} as OpenSSH prints it. */
        public String fingerprint() {
            return fingerprint;
        }

        public String knownHostsLine() {
            return knownHostsLine;
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** A known_hosts file lists another key for this host, or marks this one revoked. */
    public static final class HostKeyChanged extends TunnelException {
        private static final long serialVersionUID = 1;
        private final String fingerprint;
        private final transient Path file;
        private final int line;

        /**
         * @param line of the entry that contradicts, from 1
         */
        public HostKeyChanged(String message, String fingerprint, Path file, int line) {
            super(message, null);
            this.fingerprint = fingerprint;
            this.file = file;
            this.line = line;
        }

        public String fingerprint() {
            return fingerprint;
        }

        public Path file() {
            return file;
        }

        public int line() {
            return line;
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** A jump host lets us in, but not through. */
    public static final class WayRefused extends TunnelException {
        private static final long serialVersionUID = 1;

        public WayRefused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }

    /** The connection was there and is gone. */
    public static final class LinkLost extends TunnelException {
        private static final long serialVersionUID = 1;

        public LinkLost(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return true;
        }
    }

    /** The host lets us in but starts no command (forced command, no session channel). */
    public static final class CommandRefused extends TunnelException {
        private static final long serialVersionUID = 1;

        public CommandRefused(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isTransient() {
            return false;
        }
    }
}
