package org.selgen.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/**
 * The user's key to a service. Only the request header holds it: it is not serializable, and {@link #toString} does not
 * contain it.
 */
public final class ApiKey {
    /** The key of a service that needs none. */
    public static final ApiKey NONE = new ApiKey("");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final int SHORTEST = 4; // a shorter one would be found everywhere in a text to scrub

    private final String key;

    private ApiKey(String key) {
        this.key = key;
    }

    /**
     * The key in a text, blanks around it left out.
     *
     * @param text absent where the place holds nothing
     * @param place where the text comes from, to begin an error with
     * @param kind what the key is called, as {@code the endpoint's key}
     * @throws BadInput if the text is no key; the message does not contain it
     */
    public static ApiKey of(@Nullable String text, String place, String kind) {
        String key = text == null ? "" : text.strip();
        if (key.length() < SHORTEST || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new BadInput(place + " must hold " + kind + ", on one line and without spaces; put it there");
        }
        return new ApiKey(key);
    }

    /** Whether a key may be sent there: by https, or to this machine. Elsewhere it would travel readable for all. */
    public static boolean maySendTo(URI place) {
        String host = String.valueOf(place.getHost()).toLowerCase(Locale.ROOT);
        return "https".equalsIgnoreCase(place.getScheme())
                || LOOPBACK.matcher(host).matches();
    }

    public boolean present() {
        return !key.isEmpty();
    }

    /** The value of the header {@code Authorization}. */
    public String header() {
        return "Bearer " + key;
    }

    /** The text with the key taken out, for a server's reply that repeats it. */
    public String scrub(String text) {
        return present() ? text.replace(key, "(secret)") : text;
    }

    @Override
    public String toString() {
        return present() ? "(secret)" : "(none)";
    }
}
