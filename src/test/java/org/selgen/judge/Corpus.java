package org.selgen.judge;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/** Replies of our own wording with the verdicts of a person, a resource beside this class. */
final class Corpus {
    private Corpus() {}

    /** A reply, and the sign before it: {@code +}, {@code -} or {@code ?}. */
    record Labelled(Question question, char sign, String reply) {}

    /** The replies of a file of blocks, each behind a line {@code == question} or {@code == question | gold}. */
    static List<Labelled> of(String file, Variant variant) throws IOException {
        List<Labelled> replies = new ArrayList<>();
        Question question = TestQuestions.bare("");
        for (String line : lines(file)) {
            if (line.startsWith("== ")) {
                String[] parts = line.substring(3).split("\\|", 2);
                question = TestQuestions.question(variant, parts.length < 2 ? "" : parts[1].strip(), parts[0].strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                replies.add(new Labelled(
                        question, line.charAt(0), line.substring(1).strip().replace("\\n", "\n")));
            }
        }
        return replies;
    }

    static List<String> lines(String file) throws IOException {
        try (InputStream stream = Corpus.class.getResourceAsStream(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
