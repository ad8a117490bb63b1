package dev.mgmt.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mgmt.cli.metrics.Exposition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Asks a running program over HTTP, as Prometheus does. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MetricsIT {
    @TempDir Path directory = Path.of("");

    /** The graph of mgmt's own test of old, and what it looked for. */
    @Test
    void figuresOfARunAreThoseThatOldScriptsLookFor() throws Exception {
        Path graph = directory.resolve("g.yaml");
        Files.writeString(
                graph,
                """
                graph: mygraph
                resources:
                  file:
                  - name: file1
                    path: D/NONEXIST/f1
                    content: one
                    meta: {retry: -1, delay: 200}
                  - name: file2
                    path: D/f2
                    content: two
                  - name: file3
                    path: D/f3
                    content: three
                  - name: file4
                    path: D/f4
                    content: four
                    meta: {noop: true}
                """
                        .replace("D", directory.toString()));
        try (RunningProgram program =
                        RunningProgram.start(
                                "run", graph.toString(), "--prometheus-listen=127.0.0.1:0");
                HttpClient client = HttpClient.newHttpClient()) {
            String url = program.await("metrics at ").replace("metrics at ", "");
            program.await("file[file1] try 3 failed");
            HttpResponse<String> answer = get(client, url);
            // The other files go their own way beside it.
            while (!othersHadTheirTurn(Exposition.read(answer.body()))) {
                Thread.sleep(20);
                answer = get(client, url);
            }
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "text/plain; version=0.0.4; charset=utf-8",
                    answer.headers().firstValue("Content-Type").orElse(""));
            Map<String, Double> samples = Exposition.read(answer.body());
            assertEquals(4, samples.get("mgmt_resources{kind=\"file\"}"));
            assertEquals(0, samples.get("mgmt_resources{kind=\"exec\"}"));
            assertEquals(1, checks(samples, "false", "false", "true"));
            assertEquals(2, checks(samples, "true", "false", "true"));
            assertTrue(checks(samples, "true", "true", "false") >= 3);
            assertEquals(1, samples.get("mgmt_failures{failure=\"soft\",kind=\"file\"}"));
            assertEquals(0, samples.get("mgmt_failures{failure=\"hard\",kind=\"file\"}"));
            assertTrue(
                    samples.getOrDefault("mgmt_failures_total{failure=\"soft\",kind=\"file\"}", 0.0)
                            >= 3);
            double now = System.currentTimeMillis() / 1000.0;
            double started = samples.getOrDefault("mgmt_graph_start_time_seconds", 0.0);
            assertTrue(started > now - 120 && started <= now, "started at " + started);
            assertEquals(404, get(client, url + "/more").statusCode());
            assertEquals(404, get(client, url.replace("/metrics", "/")).statusCode());

            Files.createDirectory(directory.resolve("NONEXIST"));
            program.await("file[file1] content applied");
            Map<String, Double> mended = Exposition.read(get(client, url).body());
            assertEquals(0, mended.get("mgmt_failures{failure=\"soft\",kind=\"file\"}"));
            assertEquals(3, checks(mended, "true", "false", "true"));
            program.signal("INT");
            assertEquals(0, program.exit());
        }
    }

    @Test
    void anAddressThatCannotBeHadEndsTheRunBeforeItBegins() throws Exception {
        Path graph = directory.resolve("g.yaml");
        Files.writeString(graph, MainIT.graphWith(directory.resolve("f")));
        Transcript transcript = new Transcript();
        assertEquals(
                ExitCode.USAGE,
                transcript.of("run", graph.toString(), "--prometheus-listen=192.0.2.1:9233"));
        assertTrue(transcript.err().startsWith("metrics cannot be served"), transcript::err);
        assertTrue(Files.notExists(directory.resolve("f")));
    }

    /** Two are written once each, and one is only said to be wrong. */
    private static boolean othersHadTheirTurn(Map<String, Double> samples) {
        return checks(samples, "false", "false", "true") >= 1
                && checks(samples, "true", "false", "true") >= 2;
    }

    private static double checks(
            Map<String, Double> samples, String apply, String errorful, String eventful) {
        return samples.getOrDefault(
                "mgmt_checkapply_total{apply=\"%s\",errorful=\"%s\",eventful=\"%s\",kind=\"file\"}"
                        .formatted(apply, errorful, eventful),
                -1.0);
    }

    private static HttpResponse<String> get(HttpClient client, String url)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
