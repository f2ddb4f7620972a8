package org.selgen.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Templates of families whose folders may come without one; written here, with the same characters as the families' own. */
final class BuiltInTemplate {
    private static final Map<String, String> FILES = Map.of("gemma", "gemma", "gemma2", "gemma", "qwen3", "qwen3");

    private BuiltInTemplate() {}

    /** That of a family, by the {@code model_type} of its config.json; none where there is none. */
    static Optional<String> of(String family) {
        return Optional.ofNullable(FILES.get(family)).map(BuiltInTemplate::read);
    }

    private static String read(String name) {
        String file = name + ".jinja";
        try (InputStream in = Objects.requireNonNull(BuiltInTemplate.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
