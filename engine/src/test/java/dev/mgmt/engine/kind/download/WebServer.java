package dev.mgmt.engine.kind.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A web server on this machine's loopback that answers as a test wants. */
final class WebServer implements AutoCloseable {
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> headers = new ConcurrentHashMap<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private WebServer(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    static WebServer plain() throws IOException {
        return new WebServer(HttpServer.create(anyPort(), 0), "http");
    }

    static WebServer secure(SSLContext identity) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return new WebServer(server, "https");
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url(String path) {
        return scheme + "://localhost:" + server.getAddress().getPort() + path;
    }

    void serve(String path, byte[] content) {
        answers.put(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, content.length);
                    exchange.getResponseBody().write(content);
                });
    }

    /** Promises more than it sends. */
    void serveCut(String path, byte[] content, long promised) {
        answers.put(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, promised);
                    exchange.getResponseBody().write(content);
                    exchange.getResponseBody().flush();
                });
    }

    /** Begins, and then says nothing until the server is closed. */
    void serveHeld(String path, byte[] beginning) {
        answers.put(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(beginning);
                    exchange.getResponseBody().flush();
                    held.countDown();
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    void redirect(String path, String to) {
        answers.put(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set("Location", to);
                    exchange.sendResponseHeaders(302, -1);
                });
    }

    void awaitHeld() {
        try {
            if (!held.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody asked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int asked(String path) {
        return asked.getOrDefault(path, 0);
    }

    @Nullable String header(String path, String name) {
        return headers.getOrDefault(path, Map.of()).get(name);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> sent = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> sent.put(name, values.getFirst()));
        headers.put(path, sent);
        asked.merge(path, 1, Integer::sum);
        try (exchange) {
            answers.getOrDefault(path, other -> other.sendResponseHeaders(404, -1)).to(exchange);
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.close();
    }
}
