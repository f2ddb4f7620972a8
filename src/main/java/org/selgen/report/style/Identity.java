package org.selgen.report.style;

import java.awt.Color;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a method is drawn, in every picture and page of every experiment: {@code identities.csv} beside this class has a row for
 * each name. A method added there moves no other. One that is not there, as of an older lake, is grey and a T.
 *
 * @param method its name, as the table runs has it
 * @param colour with a contrast of 3 or more to white and to the ground of a dark picture
 * @param marker its own
 */
public record Identity(String method, Color colour, Marker marker) {
    private static final Map<String, Identity> DECLARED = read();

    /** Of a method. */
    public static Identity of(String method) {
        return DECLARED.getOrDefault(method, new Identity(method, new Color(0x7A7F86), Marker.TEE));
    }

    /** All that have a row, by name. */
    public static Map<String, Identity> declared() {
        return DECLARED;
    }

    /** The colour as {@code #0072b2}. */
    public String hex() {
        return String.format("#%06x", colour.getRGB() & 0xFFFFFF);
    }

    private static Map<String, Identity> read() {
        Map<String, Identity> declared = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(Identity.class.getResourceAsStream("identities.csv"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(row -> new Identity(row[0], Color.decode(row[1]), Marker.valueOf(row[2])))
                    .forEach(identity -> declared.put(identity.method(), identity));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(declared);
    }
}
