package org.selgen.spark;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.selgen.data.BadInput;
import org.selgen.tensor.DType;

/** Reads URLs and type names of parameters. */
final class Urls {
    private Urls() {}

    /** A folder on the disk of every executor, given as a path or a {@code file:} URI. */
    static String folder(String url) {
        if (url.startsWith("file:")) {
            try {
                return Path.of(URI.create(url)).toString();
            } catch (IllegalArgumentException e) {
                throw new BadInput("the URL " + url + " is no path of a file: " + e.getMessage() + "; correct it", e);
            }
        }
        if (url.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
            throw new BadInput("the URL " + url + " must be a path or begin with file: ; copy the folder to a disk that"
                    + " every executor sees");
        }
        return Path.of(url).toAbsolutePath().toString();
    }

    static DType type(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "f32" -> DType.F32;
            case "bf16" -> DType.BF16;
            default -> throw new BadInput("dtype is '" + name + "' but must be f32 or bf16; change it");
        };
    }
}
