package dev.mgmt.tunnel.identity;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes what RFC 4251 section 5 defines. */
public final class SshWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public SshWriter uint8(int value) {
        out.write(value);
        return this;
    }

    public SshWriter uint32(int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    public SshWriter string(byte[] value) {
        uint32(value.length);
        out.writeBytes(value);
        return this;
    }

    public SshWriter text(String value) {
        return string(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
