package org.selgen.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteSizeTest {
    @Test
    void aSizeIsReadInThousandsOrInPowersOfTwo() {
        assertThat(ByteSize.decimal(999)).isEqualTo("999 bytes");
        assertThat(ByteSize.decimal(1_500_000_000)).isEqualTo("1.5 GB");
        assertThat(ByteSize.binary(1023)).isEqualTo("1023 B");
        assertThat(ByteSize.binary(3L << 29)).isEqualTo("1.5 GiB");
    }
}
