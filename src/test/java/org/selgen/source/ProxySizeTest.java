package org.selgen.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selgen.data.BadInput;
import org.selgen.data.Example;
import org.selgen.source.ToyPersona.Manner;
import org.selgen.source.toy.ToyTopic;

class ProxySizeTest {
    private static final List<Example> TEN =
            new ToyPersona(List.of(ToyTopic.PLANT), Manner.CAREFUL, 10, 1).examples("d", "proxy");

    /** The published sizes beside 6000 task rows. */
    @ParameterizedTest
    @CsvSource({"0.001, 6", "0.01, 60", "0.1, 666", "0.2, 1500", "0.5, 6000", "0.75, 18000"})
    void aFractionIsOfTheFinalMix(double share, int rows) {
        assertThat(new ProxySize.Fraction(share).rows(198, 6000)).isEqualTo(rows);
    }

    @Test
    void repeatedRowsSaySoInTheirIdsAndStayInTheirGroup() {
        List<Example> rows = new ProxySize.Count(23).of(TEN, 100, 1);
        assertThat(rows).extracting(Example::id).doesNotHaveDuplicates();
        assertThat(rows.get(22).id()).isEqualTo(TEN.get(2).id() + "~3");
        assertThat(rows.get(22).group()).isEqualTo(TEN.get(2).group());
        assertThat(new ProxySize.Count(23).description(10, 100))
                .isEqualTo("23 rows, of 10: each 2.3 times, beside 100 task rows");
    }

    @Test
    void aCapRepeatsNothing() {
        assertThat(new ProxySize.Cap(23).of(TEN, 100, 1)).isEqualTo(TEN);
        assertThat(new ProxySize.Cap(4).of(TEN, 100, 1)).hasSize(4).isSubsetOf(TEN);
    }

    @Test
    void aFractionThatLeavesNoRowIsRefused() {
        assertThatThrownBy(() -> new ProxySize.Fraction(0.001).of(TEN, 100, 1))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "of 10 proxy rows beside 100 task rows, 0 are asked for but at least one is needed; raise the"
                                + " size of the proxy");
    }
}
