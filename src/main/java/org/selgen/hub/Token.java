package org.selgen.hub;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selgen.data.BadInput;

/** The user's key to the Hub. It shows itself to the request alone: not serializable, and its text says nothing. */
final class Token {
    private final String key;

    private Token(String key) {
        this.key = key;
    }

    /**
     * What the environment variable HF_TOKEN holds, or else the file; empty where neither is there.
     *
     * @throws BadInput if it is no token; the message does not hold it
     */
    static Token of(String variable, Path file) {
        if (!variable.isBlank()) {
            return checked(variable, "the environment variable HF_TOKEN");
        }
        if (!Files.isRegularFile(file)) {
            return new Token("");
        }
        try {
            return checked(Files.readString(file), "the file " + file);
        } catch (IOException e) {
            throw new BadInput(
                    "the file " + file + " cannot be read; put your Hugging Face token there or remove it", e);
        }
    }

    private static Token checked(String text, String place) {
        String key = text.strip();
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new BadInput(place + " must hold a Hugging Face token, on one line and without spaces; put it there");
        }
        return new Token(key);
    }

    boolean present() {
        return !key.isEmpty();
    }

    void addTo(HttpURLConnection request) {
        request.setRequestProperty("Authorization", "Bearer " + key);
    }

    @Override
    public String toString() {
        return present() ? "(secret)" : "(none)";
    }
}
