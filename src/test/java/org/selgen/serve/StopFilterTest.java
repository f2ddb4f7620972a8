package org.selgen.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopFilterTest {
    private static String passed(StopFilter filter, String... pieces) {
        StringBuilder passed = new StringBuilder();
        for (String piece : pieces) {
            passed.append(filter.next(piece));
            if (filter.stopped()) {
                break;
            }
        }
        return passed.append('|').append(filter.rest()).toString();
    }

    @Test
    void theTextEndsBeforeTheFirstStop() {
        assertThat(passed(new StopFilter(List.of("b", "a")), "xaby")).isEqualTo("x|");
        assertThat(passed(new StopFilter(List.of()), "xa", "by")).isEqualTo("xaby|");
    }

    @Test
    void aStopInPiecesIsFoundAndNoneOfItPassedOn() {
        assertThat(passed(new StopFilter(List.of("END")), "one E", "N", "D two"))
                .isEqualTo("one |");
        assertThat(passed(new StopFilter(List.of("aab")), "a", "a", "a", "b")).isEqualTo("a|");
    }

    @Test
    void whatOnlyLookedLikeAStopIsPassedOn() {
        assertThat(passed(new StopFilter(List.of("END")), "an E", "N", "trance"))
                .isEqualTo("an ENtrance|");
        assertThat(passed(new StopFilter(List.of("END")), "the EN")).isEqualTo("the |EN");
    }
}
