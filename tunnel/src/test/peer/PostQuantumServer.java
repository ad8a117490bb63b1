import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/**
 * An SSH server with one key exchange, the only argument. Prints its port and its host key, lets
 * every key in, and ends with its standard input.
 */
public final class PostQuantumServer {
    public static void main(String[] args) throws Exception {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider((Path) null);
        keys.setAlgorithm("EC");
        keys.setKeySize(256);
        KeyPair key = keys.loadKeys(null).iterator().next();
        try (SshServer server = SshServer.setUpDefaultServer()) {
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(session -> List.of(key));
            server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
            server.setCommandFactory(ProcessShellCommandFactory.INSTANCE);
            server.setKeyExchangeFactories(
                    NamedFactory.setUpTransformedFactories(
                            false,
                            List.of(BuiltinDHFactories.fromFactoryName(args[0])),
                            ServerBuilder.DH2KEX));
            server.start();
            System.out.println(server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()));
            while (System.in.read() >= 0) {}
            server.stop(true);
        }
    }
}
