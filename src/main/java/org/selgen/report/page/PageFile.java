package org.selgen.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page as one text. Its code and its style are files beside {@code page/index.html} of the resources, joined in this
 * order; a policy in the page lets a browser run no other, and load nothing but the data beside the page. Data are JSON in
 * elements that no browser runs, in which no {@code <} can end them.
 */
final class PageFile {
    private static final List<String> STYLE = List.of("base.css", "picture.css", "tables.css", "answers.css");
    private static final List<String> SCRIPT = List.of(
            "dom.js",
            "numbers.js",
            "place.js",
            "data.js",
            "parts.js",
            "tip.js",
            "table.js",
            "points.js",
            "names.js",
            "zoom.js",
            "frontier.js",
            "settings.js",
            "results.js",
            "labels.js",
            "curves.js",
            "compare.js",
            "runs.js",
            "filters.js",
            "card.js",
            "answers.js",
            "about.js",
            "main.js");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");

    private PageFile() {}

    /**
     * The page.
     *
     * @param title text
     * @param pictures HTML for who has no JavaScript
     * @param table text for the same
     * @param data as {@link #json} gives
     * @param parts elements with further data
     */
    static String html(String title, String pictures, String table, String data, String parts) {
        String style = joined(STYLE);
        String script = "'use strict';\n(() => {\n" + joined(SCRIPT) + "})();\n";
        String policy = "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style)
                + "; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
        Map<String, String> places = Map.of(
                "policy", policy,
                "title", escaped(title),
                "style", style,
                "pictures", pictures,
                "table", escaped(table),
                "data", data,
                "parts", parts,
                "script", script);
        return PLACE.matcher(text("index.html"))
                .replaceAll(place -> Matcher.quoteReplacement(places.get(place.group(1))));
    }

    /** An element that holds data under a name. */
    static String part(String name, String json) {
        return "<script type=\"application/json\" id=\"part-" + name + "\">" + json + "</script>\n";
    }

    /** A value as JSON that can stand within an element. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of texts and numbers
        }
    }

    /** Text that shows as itself within elements and quoted attributes. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** An SVG element as an address that holds it. */
    static String source(String svg) {
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }

    private static String joined(List<String> files) {
        return files.stream().map(PageFile::text).collect(Collectors.joining("\n"));
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(PageFile.class.getResourceAsStream("/page/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a policy names what it lets run. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
