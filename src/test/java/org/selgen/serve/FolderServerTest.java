package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderServerTest {
    @TempDir
    Path folder;

    private FolderServer server;

    @BeforeEach
    void serve() throws IOException {
        Path report = Files.createDirectories(folder.resolve("report/data")).getParent();
        Files.writeString(report.resolve("index.html"), "the page");
        Files.writeString(report.resolve("data/run-0.json"), "[]");
        Files.writeString(report.resolve(".index.html.part"), "a draft");
        Files.writeString(folder.resolve("secret"), "not yours");
        Files.createSymbolicLink(report.resolve("link"), folder.resolve("secret"));
        server = new FolderServer(report);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A request as it is written: no client mends its path. */
    private String ask(String line, String host) throws IOException {
        URI address = URI.create(server.address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            StringBuilder reply = new StringBuilder();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String next = in.readLine(); next != null; next = in.readLine()) {
                reply.append(next).append('\n');
            }
            return reply.toString();
        }
    }

    @Test
    void aFileOfTheFolderIsGivenWithItsType() throws IOException {
        assertThat(ask("GET /", "127.0.0.1")).startsWith("HTTP/1.1 200").contains("text/html", "nosniff", "the page");
        assertThat(ask("GET /data/run-0.json", "localhost")).contains("200", "application/json", "[]");
        assertThat(ask("HEAD /index.html", "127.0.0.1")).contains("200").doesNotContain("the page");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../secret",
                "/data/../../secret",
                "/%2e%2e/secret",
                "/data/%2e%2e/%2e%2e/secret",
                "/..%2fsecret",
                "/link",
                "/.index.html.part",
                "//etc/passwd",
                "/data",
                "/none"
            })
    void nothingElseIsGiven(String path) throws IOException {
        assertThat(ask("GET " + path, "127.0.0.1"))
                .containsPattern("HTTP/1.1 40[04]")
                .doesNotContain("not yours", "a draft", "root:");
    }

    @Test
    void aPageOfAnotherPlaceReadsNothing() throws IOException {
        assertThat(ask("GET /", "example.org")).startsWith("HTTP/1.1 403").doesNotContain("the page");
        assertThat(ask("POST /", "127.0.0.1")).startsWith("HTTP/1.1 405");
    }
}
