package org.selgen.judge;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.selgen.data.Judgement;

/** What a judging has come to. All that judge at once, in one process or in many, share one. */
public interface Docket {
    /**
     * Those of the requests that have no verdict yet; empty once no more are to be begun.
     *
     * @param requests as {@link LlmJudge#request} names them
     */
    Optional<Set<String>> open(List<String> requests);

    /** Takes finished rows of these requests: they are not lost any more if this process ends. */
    void keep(List<String> requests, List<Judgement> rows);

    /** No more requests are to be begun. */
    void close();
}
