package org.selgen.judge.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.selgen.data.BadInput;

/** An endpoint's key. It shows itself to the request alone: not serializable, and its text says nothing. */
final class ApiKey {
    private static final int SHORTEST = 4;

    private final String key;

    private ApiKey(String key) {
        this.key = key;
    }

    /**
     * The key as it is on this machine now; empty for an endpoint without one.
     *
     * @throws BadInput if it is not where the endpoint says, or is no key; the message does not hold it
     */
    static ApiKey of(Endpoint endpoint) {
        String env = endpoint.keyEnv();
        if (env != null) {
            return checked(System.getenv(env), "the environment variable " + env);
        }
        String file = endpoint.keyFile();
        if (file == null) {
            return new ApiKey("");
        }
        try {
            return checked(Files.readString(Path.of(file)), "the file " + file);
        } catch (IOException e) {
            throw new BadInput("keyFile is " + file + ", which cannot be read; put the key there", e);
        }
    }

    private static ApiKey checked(@Nullable String text, String place) {
        String key = text == null ? "" : text.strip();
        if (key.length() < SHORTEST || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new BadInput(place + " must hold the endpoint's key, on one line and without spaces; put it there");
        }
        return new ApiKey(key);
    }

    boolean present() {
        return !key.isEmpty();
    }

    String header() {
        return "Bearer " + key;
    }

    /** The text with the key taken out, for words of a server that repeats it. */
    String scrub(String text) {
        return present() ? text.replace(key, "(secret)") : text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
