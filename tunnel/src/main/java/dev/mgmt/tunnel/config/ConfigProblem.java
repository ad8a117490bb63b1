package dev.mgmt.tunnel.config;

/**
 * Why a host cannot be reached as ssh_config wants it.
 *
 * @param host as it was asked for; of a jump host's, the jump host
 * @param what without the host's name
 * @param advice what to do about it
 */
public record ConfigProblem(String host, String what, String advice) {
    static ConfigProblem unsupported(String host, String option, String value, String advice) {
        return new ConfigProblem(
                host,
                "ssh_config says `" + option + " " + value + "`, which is not supported",
                advice);
    }
}
