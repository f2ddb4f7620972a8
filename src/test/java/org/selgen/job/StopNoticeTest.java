package org.selgen.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StopNoticeTest {
    @Test
    void itSaysWhatIsKeptAndTheCommandToGoOnWith() {
        assertThat(StopNotice.text(List.of("run", "my file.yaml", "--set", "seeds=[1,2]", "--lake", "it's")))
                .isEqualTo(
                        "selgen: stopped. What is done is kept; a training at work goes on from its last checkpoint, of"
                                + " which the first is made after 10 s. To go on: selgen run 'my file.yaml' --set 'seeds=[1,2]'"
                                + " --lake 'it'\\''s'");
    }
}
