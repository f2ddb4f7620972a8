package org.selgen.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;

/**
 * The table of a {@code Precompiled} normalizer, as SentencePiece writes it: which characters become which.
 * <pre>
 *   bytes of the trie (4, little-endian) | trie: units of 4 bytes | texts in UTF-8, each ended by 0
 *   unit = offset (22 bits) | its scale (1) | leaf (1) | label (8);  a leaf's unit is the place of its text
 * </pre>
 * The native library follows it without looking at its bounds, and a step beyond them ends the process. So every step
 * that some text could make is made here first.
 */
final class Charsmap {
    private static final String DAMAGED = "a damaged table";

    private final int[] units;
    private final ByteBuffer texts;

    private Charsmap(int[] units, ByteBuffer texts) {
        this.units = units;
        this.texts = texts;
    }

    /** What is wrong with a table in base 64; empty where it is sound. */
    static Optional<String> problem(String base64) {
        try {
            ByteBuffer bytes =
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.remaining() < Integer.BYTES) {
                return Optional.of("an empty table");
            }
            int trie = bytes.getInt();
            if (trie < Integer.BYTES || trie % Integer.BYTES != 0 || trie > bytes.remaining()) {
                return Optional.of(DAMAGED);
            }
            int[] units = new int[trie / Integer.BYTES];
            for (int i = 0; i < units.length; i++) {
                units[i] = bytes.getInt();
            }
            StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate());
            return new Charsmap(units, bytes.slice()).staysInside() ? Optional.empty() : Optional.of(DAMAGED);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.of(DAMAGED);
        }
    }

    /** Whether no text leads out of the table. */
    private boolean staysInside() {
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>();
        open.add((int) offset(units[0]));
        while (!open.isEmpty()) {
            int base = open.remove();
            if (seen.get(base)) {
                continue;
            }
            seen.set(base);
            for (int label = 1; label < 256; label++) {
                int at = base ^ label;
                if (at >= units.length) {
                    return false;
                }
                if ((units[at] & 0x800000ff) == label) {
                    long next = at ^ offset(units[at]);
                    boolean leaf = ((units[at] >>> 8) & 1) == 1;
                    if (next >= units.length || (leaf && !beginsText(units[(int) next] & Integer.MAX_VALUE))) {
                        return false;
                    }
                    open.add((int) next);
                }
            }
        }
        return true;
    }

    private static long offset(int unit) {
        return ((unit >>> 10) & 0x3fffffL) << ((unit & (1 << 9)) >>> 6);
    }

    /** Whether a place is the beginning of a character, or the end. */
    private boolean beginsText(int place) {
        return place == texts.limit() || (place < texts.limit() && (texts.get(place) & 0xc0) != 0x80);
    }
}
