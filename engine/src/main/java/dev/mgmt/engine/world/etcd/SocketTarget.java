package dev.mgmt.engine.world.etcd;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of "the socket that is there already", which gRPC wants resolved to an address before it
 * asks for the socket. Resolving it looks nothing up.
 */
final class SocketTarget extends NameResolverProvider {
    private static final String SCHEME = "socket";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new SocketTarget());
    }

    private SocketTarget() {}

    static String name() {
        return SCHEME + ":store";
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 0;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
        return Set.of(InetSocketAddress.class);
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        return SCHEME.equals(target.getScheme()) ? new Resolved() : null;
    }

    private static final class Resolved extends NameResolver {
        @Override
        public String getServiceAuthority() {
            return "store";
        }

        @Override
        public void start(Listener2 listener) {
            var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            listener.onResult(
                    ResolutionResult.newBuilder()
                            .setAddressesOrError(
                                    StatusOr.fromValue(
                                            List.of(new EquivalentAddressGroup(nowhere))))
                            .build());
        }

        @Override
        public void shutdown() {}
    }
}
