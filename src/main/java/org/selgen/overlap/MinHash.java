package org.selgen.overlap;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Banded MinHash of the shingles of a text. Hash i of a set of numbered shingles S is
 * <pre>  min over x in S of ((x + 1) a_i + b_i) mod p      p = 2038074743; 0 &lt; a_i &lt; p, 0 ≤ b_i &lt; p, by a seed </pre>
 * These are the functions of Spark's {@code MinHashLSH} and {@code HashingTF}, on plain numbers: those make an object of each
 * hash of each text, which was most of the time of a search.
 */
final class MinHash implements Serializable {
    static final int BANDS = 7;
    static final int ROWS = 6;

    /** Numbers that a shingle can have. */
    static final int NUMBERS = 1 << 20;

    private static final int PRIME = 2038074743;
    private static final int SEED_OF_NUMBERS = 42;

    private final long[] factors = new long[BANDS * ROWS];
    private final long[] offsets = new long[BANDS * ROWS];

    MinHash(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < factors.length; i++) {
            factors[i] = 1L + random.nextInt(PRIME - 1);
            offsets[i] = random.nextInt(PRIME - 1);
        }
    }

    /** Numbers of shingles, ascending, each once. */
    static int[] numbers(List<String> shingles) {
        return shingles.stream().mapToInt(MinHash::number).sorted().distinct().toArray();
    }

    private static int number(String shingle) {
        UTF8String text = UTF8String.fromString(shingle);
        int hash = Murmur3_x86_32.hashUnsafeBytes2(
                text.getBaseObject(), text.getBaseOffset(), text.numBytes(), SEED_OF_NUMBERS);
        return Math.floorMod(hash, NUMBERS);
    }

    /** Of each band a number that two sets share if all hashes of the band agree; else hardly ever. */
    long[] keys(int[] numbers) {
        long[] keys = new long[BANDS];
        ByteBuffer band = ByteBuffer.allocate(Integer.BYTES + ROWS * Long.BYTES);
        for (int b = 0; b < BANDS; b++) {
            band.clear().putInt(b);
            for (int i = b * ROWS; i < (b + 1) * ROWS; i++) {
                band.putLong(hash(numbers, factors[i], offsets[i]));
            }
            keys[b] = MurmurHash3.hash128x64(band.array())[0];
        }
        return keys;
    }

    private static long hash(int[] numbers, long factor, long offset) {
        long least = Long.MAX_VALUE;
        for (int number : numbers) {
            least = Math.min(least, ((1L + number) * factor + offset) % PRIME);
        }
        return least;
    }

    /** The numbers that the fewest sets have. */
    static int[] rarest(int[] numbers, int[] frequency, int most) {
        return IntStream.of(numbers)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(number -> frequency[number])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Adds a set to how many sets have each number. */
    static void count(int[] counts, int[] numbers) {
        for (int number : numbers) {
            counts[number]++;
        }
    }

    static int[] add(int[] left, int[] right) {
        Arrays.setAll(left, i -> left[i] + right[i]);
        return left;
    }
}
