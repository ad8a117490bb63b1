package dev.mgmt.tunnel.sshj;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.channel.Channel;

/**
 * What the library's connection knows of one of our channels: where to deliver packets and the news
 * of a lost link. The rest of its interface is for its own channels' users.
 */
record LibraryChannel(int id, OwnChannel channel) implements Channel {
    @Override
    public void handle(Message message, SSHPacket packet) throws SSHException {
        channel.handle(message, packet);
    }

    @Override
    public void notifyError(SSHException error) {
        channel.linkLost();
    }

    @Override
    public int getID() {
        return id;
    }

    @Override
    public int getRecipient() {
        return channel.recipient();
    }

    @Override
    public String getType() {
        return channel.type();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public boolean isEOF() {
        return !channel.isOpen();
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void join() {
        throw onlyOurs();
    }

    @Override
    public void join(long timeout, TimeUnit unit) {
        throw onlyOurs();
    }

    @Override
    public InputStream getInputStream() {
        return channel.output();
    }

    @Override
    public OutputStream getOutputStream() {
        return channel.input();
    }

    @Override
    public boolean getAutoExpand() {
        return false;
    }

    @Override
    public void setAutoExpand(boolean autoExpand) {
        throw onlyOurs();
    }

    @Override
    public int getLocalMaxPacketSize() {
        return OwnChannel.PACKET;
    }

    @Override
    public long getLocalWinSize() {
        return OwnChannel.WINDOW;
    }

    @Override
    public int getRemoteMaxPacketSize() {
        return OwnChannel.PACKET;
    }

    @Override
    public long getRemoteWinSize() {
        throw onlyOurs();
    }

    @Override
    public Charset getRemoteCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public LoggerFactory getLoggerFactory() {
        return LoggerFactory.DEFAULT;
    }

    private static UnsupportedOperationException onlyOurs() {
        return new UnsupportedOperationException("only the library's own channels need this");
    }
}
