package org.selgen.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selgen.data.BadInput;
import org.selgen.data.Message;
import org.selgen.lm.TokenCounter;
import org.selgen.plan.RowTokens.Chat;

class RowTokensTest {
    private static final int ROWS = 2000;

    @Test
    void rowsAreCountedInTheirOrder() {
        assertThat(new RowTokens(counter(ROWS)).whole(chats().stream(), (chat, many) -> {}))
                .isEqualTo(IntStream.range(0, ROWS).boxed().toList());
    }

    @Test
    void theFirstRowThatIsRefusedIsNamed() {
        RowTokens tokens = new RowTokens(counter(700));
        assertThatThrownBy(() -> tokens.whole(chats().stream(), (chat, many) -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessage("dataset 'd', row 'r700': too large");
    }

    private static List<Chat> chats() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> new Chat("d", "r" + i, List.of(Message.user("" + i)), null))
                .toList();
    }

    /** A prompt that is a number has so many tokens; from a number on it is refused. */
    private static TokenCounter counter(int refused) {
        return new TokenCounter() {
            @Override
            public int context() {
                return ROWS;
            }

            @Override
            public int prompt(List<Message> chat) {
                int tokens = Integer.parseInt(chat.get(0).content());
                if (tokens >= refused) {
                    throw new BadInput("too large");
                }
                return tokens;
            }

            @Override
            public int answered(List<Message> chat, String answer) {
                return prompt(chat);
            }

            @Override
            public Set<String> unknown(String text) {
                return Set.of();
            }

            @Override
            public void close() {}
        };
    }
}
