package dev.mgmt.tunnel.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What becomes of each option of ssh_config(5), of every OpenSSH from 7.4 to 10.2. */
public enum OptionUse {
    /** It decides how we connect, check or log in. */
    USED,
    /** The client has seen to it when it answers. */
    DONE_BY_CLIENT,
    /** It makes no difference to what we do. */
    IRRELEVANT,
    /** It would make a difference that we cannot make: refused unless it has its default. */
    REFUSED;

    private static final Map<String, OptionUse> TABLE = new HashMap<>();
    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        put(
                USED,
                """
                Host HostName Port User IdentityFile IdentitiesOnly CertificateFile IdentityAgent
                ProxyJump ProxyCommand UserKnownHostsFile GlobalKnownHostsFile HostKeyAlias
                StrictHostKeyChecking HashKnownHosts ConnectTimeout ServerAliveInterval
                ServerAliveCountMax AddressFamily BindAddress PubkeyAuthentication PasswordAuthentication
                KbdInteractiveAuthentication ChallengeResponseAuthentication
                PreferredAuthentications HostKeyAlgorithms KexAlgorithms Ciphers MACs
                RequiredRSASize RSAMinSize PubkeyAcceptedAlgorithms PubkeyAcceptedKeyTypes
                CASignatureAlgorithms BatchMode
                """);
        put(
                DONE_BY_CLIENT,
                """
                CanonicalDomains CanonicalizeFallbackLocal CanonicalizeHostname
                CanonicalizeMaxDots CanonicalizePermittedCNAMEs IgnoreUnknown Include Match Tag
                """);
        put(
                IRRELEVANT,
                """
                AddKeysToAgent ChannelTimeout CheckMail ClearAllForwardings Cipher
                Compression CompressionLevel ConnectionAttempts ControlMaster ControlPath
                ControlPersist DSAAuthentication DynamicForward EnableEscapeCommandline
                EnableSSHKeysign EscapeChar ExitOnForwardFailure FingerprintHash
                ForkAfterAuthentication ForwardAgent ForwardX11 ForwardX11Timeout
                ForwardX11Trusted GatewayPorts GSSAPIAuthentication GSSAPIClientIdentity
                GSSAPIDelegateCredentials GSSAPIKexAlgorithms GSSAPIRenewalForcesRekey
                GSSAPIServerIdentity GSSAPITrustDns
                HostbasedAcceptedAlgorithms HostbasedAcceptedKeyTypes HostbasedKeyTypes IPQoS
                KbdInteractiveDevices KeepAlive LocalCommand LocalForward LogLevel LogVerbose
                NumberOfPasswordPrompts ObscureKeystrokeTiming PermitLocalCommand
                PermitRemoteOpen Protocol ProtocolKeepAlives RemoteCommand RemoteForward
                RequestTTY SendEnv SessionType SetEnv SetupTimeOut StdinNull
                StreamLocalBindMask StreamLocalBindUnlink SyslogFacility TCPKeepAlive Tunnel
                TunnelDevice UpdateHostKeys UseKeychain UsePrivilegedPort UseRoaming
                VersionAddendum VisualHostKey WarnWeakCrypto XAuthLocation
                """);
        put(
                REFUSED,
                """
                BindInterface CheckHostIP GSSAPIKeyExchange HostbasedAuthentication
                KnownHostsCommand NoHostAuthenticationForLocalhost PKCS11Provider
                ProxyUseFdpass RefuseConnection RekeyLimit RevokedHostKeys
                RhostsRSAAuthentication SecurityKeyProvider SmartcardDevice VerifyHostKeyDNS
                """);
    }

    private static void put(OptionUse use, String names) {
        for (String name : names.split("\\s+", -1)) {
            if (!name.isEmpty()) {
                NAMES.put(name.toLowerCase(Locale.ROOT), name);
                TABLE.put(name.toLowerCase(Locale.ROOT), use);
            }
        }
    }

    /** Empty for an option that we have never heard of. */
    public static Optional<OptionUse> of(String option) {
        return Optional.ofNullable(TABLE.get(option.toLowerCase(Locale.ROOT)));
    }

    /** As the manual spells it. */
    public static String spelled(String option) {
        return NAMES.getOrDefault(option.toLowerCase(Locale.ROOT), option);
    }

    /** Every option that is known, as the manual spells it. */
    public static Map<String, OptionUse> table() {
        Map<String, OptionUse> table = new HashMap<>();
        TABLE.forEach((name, use) -> table.put(spelled(name), use));
        return table;
    }
}
