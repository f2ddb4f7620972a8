package org.selgen.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A headless Chromium, driven by ChromeDriver in the WebDriver protocol of the W3C. Selenium would bring another Guava and
 * OpenTelemetry beside Spark's; what is needed of it are these few requests.
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // the standard's name of a reference

    private final Process driver;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String session;
    private final String id;

    /** Starts one. */
    Browser(Path driverFile, Path chromium) throws IOException {
        driver = new ProcessBuilder(driverFile.toString(), "--port=0")
                .redirectErrorStream(true)
                .start();
        session = port(driver.inputReader()) + "/session";
        String options = """
                {"capabilities": {"alwaysMatch": {"goog:loggingPrefs": {"browser": "ALL"}, "goog:chromeOptions": {"binary": "%s",
                 "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]}}}}
                """.formatted(chromium);
        id = send("POST", "", JSON.readTree(options)).path("sessionId").asText();
    }

    /** A program on the path of this machine. */
    static Optional<Path> program(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, name);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static String port(BufferedReader said) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher found = PORT.matcher(line);
            if (found.find()) {
                return "http://127.0.0.1:" + found.group(1);
            }
        }
        throw new IOException("chromedriver has ended without a port");
    }

    private JsonNode send(String method, String path, JsonNode body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(session + path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode value = JSON.readTree(reply.body()).path("value");
            if (reply.statusCode() != 200) {
                throw new IOException(value.path("error").asText() + ": "
                        + value.path("message").asText());
            }
            return value;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private JsonNode post(String path, Map<String, ?> body) throws IOException {
        return send("POST", "/" + id + path, JSON.valueToTree(body));
    }

    /** Loads a page, also where it differs from the one before behind the # alone. */
    void open(String address) throws IOException {
        post("/url", Map.of("url", "about:blank"));
        post("/url", Map.of("url", address));
    }

    /** What a script returns. */
    JsonNode js(String script, Object... arguments) throws IOException {
        return post("/execute/sync", Map.of("script", script, "args", List.of(arguments)));
    }

    /** The texts of all elements that a selector names. */
    List<String> texts(String css) throws IOException {
        List<String> texts = new ArrayList<>();
        js("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css)
                .forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** How many elements a selector names. */
    int count(String css) throws IOException {
        return texts(css).size();
    }

    private String element(String css) throws IOException {
        return post("/element", Map.of("using", "css selector", "value", css))
                .path(ELEMENT)
                .asText();
    }

    void click(String css) throws IOException {
        post("/element/" + element(css) + "/click", Map.of());
    }

    void type(String css, String text) throws IOException {
        post("/element/" + element(css) + "/value", Map.of("text", text));
    }

    /** Presses a key wherever the keyboard is; {@code \}{@code ue004} is the tabulator, {@code \}{@code ue007} Enter. */
    void press(String key) throws IOException {
        actions("key", "k", List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key)));
    }

    /** Moves the pointer over an element's middle. */
    void hover(String css) throws IOException {
        pointer(List.of(move(css, 0, 0)));
    }

    /** Draws from one place to another, both from an element's middle. */
    void drag(String css, int fromX, int fromY, int toX, int toY) throws IOException {
        pointer(List.of(
                move(css, fromX, fromY),
                Map.of("type", "pointerDown", "button", 0),
                move(css, (fromX + toX) / 2, (fromY + toY) / 2),
                move(css, toX, toY),
                Map.of("type", "pointerUp", "button", 0)));
    }

    private Map<String, Object> move(String css, int x, int y) throws IOException {
        return Map.of("type", "pointerMove", "duration", 20, "x", x, "y", y, "origin", Map.of(ELEMENT, element(css)));
    }

    private void pointer(List<Map<String, Object>> moves) throws IOException {
        actions("pointer", "p", moves);
    }

    private void actions(String type, String name, List<Map<String, Object>> some) throws IOException {
        post("/actions", Map.of("actions", List.of(Map.of("type", type, "id", name, "actions", some))));
    }

    /** Makes the window show so many units, whatever the screen. */
    void size(int width, int height) throws IOException {
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** {@code light} or {@code dark}. */
    void scheme(String scheme) throws IOException {
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void cdp(String command, Map<String, ?> parameters) throws IOException {
        post("/goog/cdp/execute", Map.of("cmd", command, "params", parameters));
    }

    void screenshot(Path file) throws IOException {
        ObjectNode none = JSON.createObjectNode();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(send("GET", "/" + id + "/screenshot", none).asText()));
    }

    /** What the console has said since it was last asked. */
    List<String> console() throws IOException {
        List<String> lines = new ArrayList<>();
        post("/se/log", Map.of("type", "browser"))
                .forEach(entry -> lines.add(entry.path("message").asText()));
        return lines;
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", "/" + id, JSON.createObjectNode());
        } finally {
            driver.destroy();
        }
    }
}
