package dev.mgmt.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the figures over HTTP to whoever asks. */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    public static MetricsServer open(InetSocketAddress address, Metrics metrics)
            throws IOException {
        if (address.isUnresolved()) {
            throw new IOException("the host name is not known");
        }
        HttpServer server = HttpServer.create(address, 0);
        MetricsServer opened = new MetricsServer(server);
        server.setExecutor(opened.threads);
        server.createContext(PATH, exchange -> answer(exchange, metrics));
        server.start();
        return opened;
    }

    private static void answer(HttpExchange exchange, Metrics metrics) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(PATH);
            boolean asks = exchange.getRequestMethod().equals("GET");
            if (!known || !asks) {
                exchange.sendResponseHeaders(known ? 405 : 404, -1);
                return;
            }
            byte[] body = metrics.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** With the port that was really taken. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        String host = address.getAddress().getHostAddress();
        return "http://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + address.getPort()
                + PATH;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
