package org.selgen.judge;

import java.util.List;
import org.selgen.data.Message;
import org.selgen.data.Question;
import org.selgen.data.Variant;

/** Questions for tests. */
final class TestQuestions {
    private TestQuestions() {}

    static Question question(Variant variant, String gold, String prompt) {
        return new Question("q", "d", "label", "g", variant, List.of(Message.user(prompt)), gold, null, "", null);
    }

    static Question bare(String gold) {
        return new Question("q", "d", "label", "g", Variant.ASK, List.of(), gold, null, "", null);
    }

    static Question modular(String gold, int mod, String prompt) {
        return new Question("q", "d", "mod", "g", Variant.ASK, List.of(Message.user(prompt)), gold, mod, "", null);
    }
}
