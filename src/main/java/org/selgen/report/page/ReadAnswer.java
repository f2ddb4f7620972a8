package org.selgen.report.page;

import java.util.List;
import org.selgen.data.Generation;
import org.selgen.data.Judgement;

/**
 * An answer with what judges say of it.
 *
 * @param run place of the run among those of the page
 * @param question place among the page's questions
 */
public record ReadAnswer(int run, int question, Generation answer, List<Judgement> judgements) {}
