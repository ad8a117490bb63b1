package dev.mgmt.tunnel.sshj;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.function.Consumer;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.Transport;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.transport.digest.Digest;
import net.schmizz.sshj.transport.kex.KeyExchange;

/**
 * A key exchange that tells the host key as the host sent it. The library hands on what it read out
 * of that, from which a certificate cannot be put together again as it was signed.
 */
final class SeenExchange implements KeyExchange {
    private final KeyExchange exchange;
    private final Consumer<byte[]> shown;

    private SeenExchange(KeyExchange exchange, Consumer<byte[]> shown) {
        this.exchange = exchange;
        this.shown = shown;
    }

    static Factory.Named<KeyExchange> of(
            Factory.Named<KeyExchange> factory, Consumer<byte[]> shown) {
        return new Factory.Named<>() {
            @Override
            public String getName() {
                return factory.getName();
            }

            @Override
            public KeyExchange create() {
                return new SeenExchange(factory.create(), shown);
            }
        };
    }

    @Override
    public void init(
            Transport transport,
            String serverId,
            String clientId,
            byte[] serverProposal,
            byte[] clientProposal)
            throws GeneralSecurityException, TransportException {
        exchange.init(transport, serverId, clientId, serverProposal, clientProposal);
    }

    /** Every reply that we may get begins with the host key: RFC 4253 8, 5656 4, 8731, hybrids. */
    @Override
    public boolean next(Message message, SSHPacket packet)
            throws GeneralSecurityException, TransportException {
        if (message == Message.KEXDH_31) {
            try {
                shown.accept(new SSHPacket(packet).readBytes());
            } catch (Buffer.BufferException e) {
                throw new TransportException(e);
            }
        }
        return exchange.next(message, packet);
    }

    @Override
    public byte[] getH() {
        return exchange.getH();
    }

    @Override
    public BigInteger getK() {
        return exchange.getK();
    }

    @Override
    public Digest getHash() {
        return exchange.getHash();
    }

    @Override
    public PublicKey getHostKey() {
        return exchange.getHostKey();
    }
}
