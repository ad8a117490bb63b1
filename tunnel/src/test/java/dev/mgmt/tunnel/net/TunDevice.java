package dev.mgmt.tunnel.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A network interface whose packets this process carries: what is sent over it is read here, what
 * is written here arrives on it. It vanishes with the process, or when it is closed. One thread
 * reads and one writes.
 */
final class TunDevice implements AutoCloseable {
    static final int LARGEST = 1500;
    private static final int O_RDWR = 2;
    private static final long TUNSETIFF = 0x400454caL;

    /** IFF_TUN | IFF_NO_PI: IP packets as they are. */
    private static final short PLAIN_PACKETS = 0x1001;

    private static final int NAME_BYTES = 16;
    private static final int REQUEST_BYTES = 40;
    private static final short POLLIN = 1;
    private static final int LOOK_MILLIS = 100;

    private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE =
            ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN =
            call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), 2);
    private static final MethodHandle IOCTL =
            call("ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), 2);
    private static final MethodHandle READ =
            call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    private static final MethodHandle WRITE =
            call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG), -1);
    private static final MethodHandle POLL =
            call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), -1);
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), -1);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment readErrno = arena.allocate(ERRNO);
    private final MemorySegment writeErrno = arena.allocate(ERRNO);
    private final MemorySegment incoming = arena.allocate(LARGEST);
    private final MemorySegment outgoing = arena.allocate(LARGEST);
    private final MemorySegment polled = arena.allocate(8);
    private final int descriptor;

    /**
     * @param name of the interface to be made, at most 15 characters
     */
    TunDevice(String name) throws IOException {
        var path = arena.allocateFrom("/dev/net/tun");
        descriptor = (int) run(() -> (int) OPEN.invokeExact(readErrno, path, O_RDWR));
        if (descriptor < 0) {
            throw new IOException(
                    "links with faults need /dev/net/tun and root (errno %d): load the module tun"
                            .formatted(errno(readErrno)));
        }
        var request = arena.allocate(REQUEST_BYTES);
        request.setString(0, name);
        request.set(JAVA_SHORT, NAME_BYTES, PLAIN_PACKETS);
        long made = run(() -> (int) IOCTL.invokeExact(readErrno, descriptor, TUNSETIFF, request));
        if (made < 0) {
            throw new IOException(
                    "the interface %s cannot be made (errno %d)".formatted(name, errno(readErrno)));
        }
        polled.set(JAVA_INT, 0, descriptor);
        polled.set(JAVA_SHORT, 4, POLLIN);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle call(String name, FunctionDescriptor type, int firstVariadic) {
        var linker = Linker.nativeLinker();
        var symbol = linker.defaultLookup().findOrThrow(name);
        var errno = Linker.Option.captureCallState("errno");
        return firstVariadic < 0
                ? linker.downcallHandle(symbol, type, errno)
                : linker.downcallHandle(
                        symbol, type, errno, Linker.Option.firstVariadicArg(firstVariadic));
    }

    private interface Call {
        long run() throws Throwable;
    }

    private static long run(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int errno(MemorySegment state) {
        return (int) ERRNO_VALUE.get(state, 0L);
    }

    /** The next packet; empty if none came for a moment, so that the reader can look around. */
    byte[] read() {
        long ready = run(() -> (int) POLL.invokeExact(readErrno, polled, 1L, LOOK_MILLIS));
        if (ready <= 0) {
            return new byte[0];
        }
        long count =
                run(() -> (long) READ.invokeExact(readErrno, descriptor, incoming, (long) LARGEST));
        return count <= 0 ? new byte[0] : incoming.asSlice(0, count).toArray(JAVA_BYTE);
    }

    /** An interface that is down loses the packet, as a cable does. */
    void write(byte[] packet) {
        MemorySegment.copy(packet, 0, outgoing, JAVA_BYTE, 0, packet.length);
        var _ =
                run(
                        () ->
                                (long)
                                        WRITE.invokeExact(
                                                writeErrno,
                                                descriptor,
                                                outgoing,
                                                (long) packet.length));
    }

    /** No thread may be in a call any more. */
    @Override
    public void close() {
        var _ = run(() -> (int) CLOSE.invokeExact(readErrno, descriptor));
        arena.close();
    }
}
