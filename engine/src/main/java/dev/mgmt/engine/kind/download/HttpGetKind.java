package dev.mgmt.engine.kind.download;

import dev.mgmt.engine.kind.file.Access;
import dev.mgmt.engine.kind.file.FileMode;
import dev.mgmt.engine.resource.Fields;
import dev.mgmt.engine.resource.Kind;
import dev.mgmt.engine.resource.Paths;
import dev.mgmt.engine.resource.Resource;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

final class HttpGetKind implements Kind {
    private static final long USUAL_SILENCE_SECONDS = 30;
    private static final long LONGEST_SILENCE_SECONDS = Duration.ofDays(1).toSeconds();
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** The request would mean something else with another one of these. */
    private static final Set<String> OURS =
            Set.of(
                    "accept-encoding",
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "if-modified-since",
                    "if-none-match",
                    "keep-alive",
                    "range",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    @Override
    public String name() {
        return "http:get";
    }

    @Override
    public List<String> fields() {
        return List.of("path", "url", "digest", "owner", "group", "mode", "headers", "timeout");
    }

    @Override
    public List<String> receivable() {
        return List.of("url", "digest", "owner", "group", "mode");
    }

    @Override
    public Optional<Resource> decode(Fields fields) {
        Optional<Path> path = path(fields);
        Optional<URI> url = url(fields);
        Optional<Digest> digest = digest(fields);
        Access access =
                new Access(fields.filled("owner"), fields.filled("group"), FileMode.of(fields));
        Map<String, String> headers = headers(fields);
        Duration silence = silence(fields);
        if (path.isEmpty() || url.isEmpty() || digest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new HttpGetResource(
                        fields.id(),
                        fields.meta(),
                        path.get(),
                        url.get(),
                        digest.get(),
                        access,
                        headers,
                        silence));
    }

    private static Optional<Path> path(Fields fields) {
        Optional<String> given = fields.filled("path");
        String field = given.isPresent() ? "path" : "name";
        String text = given.orElse(fields.id().name());
        if (text.endsWith("/")) {
            fields.problem(
                    field,
                    "the path `" + text + "` is a directory",
                    "add the name of the file that is downloaded");
            return Optional.empty();
        }
        return Paths.absolute(fields, field, text);
    }

    private static Optional<URI> url(Fields fields) {
        Optional<String> text = fields.filled("url");
        if (text.isEmpty()) {
            fields.problem("url", "`url` is missing", "say what to download");
            return Optional.empty();
        }
        Optional<URI> url = text.flatMap(HttpGetKind::webAddress);
        if (url.isEmpty()) {
            fields.problem(
                    "url",
                    "`url` is not the address of a file on a web server",
                    "write it as https://host/path, with %20 for a blank");
        } else if (url.get().getRawUserInfo() != null) {
            fields.problem(
                    "url",
                    "`url` has a user in it, which would show in logs",
                    "send it in `headers`: {Authorization: Basic …}");
            return Optional.empty();
        }
        return url;
    }

    private static Optional<URI> webAddress(String text) {
        try {
            URI url = new URI(text);
            return WebAddress.fits(url) ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Digest> digest(Fields fields) {
        Optional<String> text = fields.filled("digest");
        Optional<Digest> digest = text.flatMap(Digest::parse);
        if (text.isEmpty()) {
            fields.problem(
                    "digest",
                    "`digest` is missing: without it anybody on the way could change the file",
                    "write what `sha256sum` says of it: digest: sha256:…");
        } else if (digest.isEmpty()) {
            fields.problem(
                    "digest",
                    "`" + text.get() + "` is not a digest",
                    "write sha256: and 64 hexadecimal digits, or sha512: and 128");
        }
        return digest;
    }

    private static Map<String, String> headers(Fields fields) {
        Map<String, String> headers = fields.textByName("headers");
        headers.forEach(
                (name, value) -> {
                    if (!HEADER.matcher(name).matches()
                            || value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                        fields.problem(
                                "headers",
                                "`" + name + "` is not a header of a request",
                                "names and values are printable ASCII on one line");
                    } else if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                        fields.problem(
                                "headers", "`" + name + "` is set by mgmt itself", "remove it");
                    }
                });
        return headers;
    }

    private static Duration silence(Fields fields) {
        long seconds = fields.integer("timeout").orElse(USUAL_SILENCE_SECONDS);
        if (seconds < 1 || seconds > LONGEST_SILENCE_SECONDS) {
            fields.problem(
                    "timeout",
                    "`timeout` must be between 1 and " + LONGEST_SILENCE_SECONDS + " seconds",
                    "it is how long the server may say nothing; `meta` has one for the whole");
            return Duration.ofSeconds(USUAL_SILENCE_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }
}
