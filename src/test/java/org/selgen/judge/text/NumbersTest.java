package org.selgen.judge.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            zero                                         | 0
            nineteen                                     | 19
            thirty-five                                  | 35
            Thirty five                                  | 35
            one hundred                                  | 100
            a hundred and one                            | 101
            one hundred and five                         | 105
            two hundred sixteen                          | 216
            one thousand two hundred and thirty-four     | 1234
            twelve thousand and six                      | 12006
            three million, two hundred thousand and one  | 3200001
            twenty minus two                             | 20 minus 2
            one of them is six                           | _ of them is 6
            negative six                                 | -6
            sixteen, six                                 | 16, 6
            1,234,567                                    | 1234567
            gcd(448,336)                                 | gcd(448,336)
            often weighty stones                         | often weighty stones
            """)
    void wordsBecomeDigits(String words, String digits) {
        assertThat(Numbers.digits(words)).isEqualTo(digits);
    }
}
