package org.selgen.score;

import org.apache.commons.codec.digest.DigestUtils;

/**
 * The two halves of the question groups: on the one settings are chosen, on the other they are reported, so that the best of many
 * is not called good for its luck (the winner's curse). All forms and answers of a group are in one half, in every run and every
 * experiment: the lowest bit of the first byte of the SHA-256 of {@code dataset/group} decides.
 */
public enum Half {
    CHOOSES,
    REPORTS;

    /** That of a group. */
    static Half of(String group) {
        return (DigestUtils.sha256(group)[0] & 1) == 0 ? CHOOSES : REPORTS;
    }
}
