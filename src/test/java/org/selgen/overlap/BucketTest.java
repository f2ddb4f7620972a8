package org.selgen.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.selgen.overlap.Bucket.Member;
import org.selgen.overlap.Bucket.Pair;

class BucketTest {
    private static final int MANY = 200;

    @Test
    void twoSetsOfAnySimilarityThatCountsShareOneOfTheirRarestShingles() {
        for (int n = 1; n <= 300; n++) {
            for (int m = n; m <= 300; m++) {
                int shared = (int) Math.ceil(0.9 / 1.9 * (n + m) - 1e-9); // least that gives a similarity of 0.9
                if (shared <= n) {
                    assertThat(n - shared).isLessThan(Bucket.rarest(n, 0.9));
                    assertThat(m - shared).isLessThan(Bucket.rarest(m, 0.9));
                }
            }
        }
    }

    @Test
    void aSmallBucketComparesEachTrainingPromptWithEachOfALaterSet() {
        Bucket bucket = new Bucket(List.of(member(0, 0, true, 1), member(1, 1, true, 2), member(2, 2, false, 3)));
        assertThat(bucket.candidates(0.9).pairs())
                .containsExactlyInAnyOrder(new Pair(0, 1), new Pair(0, 2), new Pair(1, 2));
    }

    @Test
    void promptsOfVeryDifferentLengthAreNotCompared() {
        Bucket bucket = new Bucket(
                List.of(new Member(0, 0, true, 17, new int[] {1}), new Member(1, 1, false, 20, new int[] {1})));
        assertThat(bucket.candidates(0.9).pairs()).isEmpty();
    }

    @Test
    void aBucketThatATemplateFillsComparesOnlyThoseWithARareShingleInCommon() {
        List<Member> members = new ArrayList<>();
        IntStream.range(0, MANY).forEach(i -> members.add(member(i, 0, true, i)));
        IntStream.range(0, MANY).forEach(i -> members.add(member(MANY + i, 1, false, i)));
        assertThat(new Bucket(members).candidates(0.9).pairs())
                .hasSize(MANY)
                .allSatisfy(pair -> assertThat(pair.right()).isEqualTo(pair.left() + MANY));
    }

    @Test
    void whatIsLeftOutOfABucketWithoutRareShinglesIsCounted() {
        List<Member> members = new ArrayList<>();
        IntStream.range(0, MANY).forEach(i -> members.add(member(i, 0, true, 1)));
        IntStream.range(0, MANY).forEach(i -> members.add(member(MANY + i, 1, false, 1)));
        Bucket.Candidates candidates = new Bucket(members).candidates(0.9);
        assertThat(candidates.pairs()).hasSize(MANY * Bucket.MOST);
        assertThat(candidates.more()).isEqualTo((long) MANY * (MANY - Bucket.MOST));
    }

    private static Member member(int number, int set, boolean trained, int shingle) {
        return new Member(number, set, trained, 10, new int[] {shingle});
    }
}
