-- One row a setting: the runs that differ in the seed alone, averaged, with the two intervals of their means; whether many of
-- a run's answers are degenerate; whether its discernment is above 0 by its interval; and whether no other setting of the
-- experiment, degenerate ones left out, is at least as good on both axes and better on one. Runs without a value on an axis
-- are left out, as in the report. Settings of two recipes are not compared; the base model, which has none, is compared with
-- all.
WITH setting AS (
  SELECT x.experiment, x.method, x.knobs, count(DISTINCT x.run) AS seeds,
         avg(s.value)                          FILTER (WHERE s.metric = 'capability') AS capability,
         max_by(s.meanLow, s.seeds)            FILTER (WHERE s.metric = 'capability') AS capabilityLow,
         max_by(s.meanHigh, s.seeds)           FILTER (WHERE s.metric = 'capability') AS capabilityHigh,
         max_by(s.meanQuestionsLow, s.seeds)   FILTER (WHERE s.metric = 'capability') AS capabilityQuestionsLow,
         max_by(s.meanQuestionsHigh, s.seeds)  FILTER (WHERE s.metric = 'capability') AS capabilityQuestionsHigh,
         avg(s.value)                          FILTER (WHERE s.metric = 'alignment') AS alignment,
         max_by(s.meanLow, s.seeds)            FILTER (WHERE s.metric = 'alignment') AS alignmentLow,
         max_by(s.meanHigh, s.seeds)           FILTER (WHERE s.metric = 'alignment') AS alignmentHigh,
         max_by(s.meanQuestionsLow, s.seeds)   FILTER (WHERE s.metric = 'alignment') AS alignmentQuestionsLow,
         max_by(s.meanQuestionsHigh, s.seeds)  FILTER (WHERE s.metric = 'alignment') AS alignmentQuestionsHigh,
         avg(s.value)                          FILTER (WHERE s.metric = 'alignment-discernment') AS discernment,
         max_by(s.meanLow, s.seeds)            FILTER (WHERE s.metric = 'alignment-discernment') AS discernmentLow,
         max_by(s.meanHigh, s.seeds)           FILTER (WHERE s.metric = 'alignment-discernment') AS discernmentHigh,
         max_by(s.meanQuestionsLow, s.seeds)   FILTER (WHERE s.metric = 'alignment-discernment') AS discernmentQuestionsLow,
         max_by(s.meanQuestionsHigh, s.seeds)  FILTER (WHERE s.metric = 'alignment-discernment') AS discernmentQuestionsHigh,
         coalesce(max(x.degenerate) > ${MANY_DEGENERATE}, false) AS degenerate,
         x.model, x.dataHash, x.settings, x.recipe
  FROM results x JOIN scores s ON s.run = x.run AND s.experiment = x.experiment AND s.label = 'all'
  WHERE x.capability IS NOT NULL AND x.alignment IS NOT NULL
  GROUP BY x.experiment, x.method, x.knobs, x.model, x.dataHash, x.settings, x.recipe
), beaten AS (
  SELECT DISTINCT a.experiment, a.method, a.knobs, a.model, a.dataHash, a.settings, a.recipe
  FROM setting a JOIN setting b ON a.experiment = b.experiment
    AND coalesce(a.recipe = b.recipe, true) AND NOT b.degenerate
    AND b.capability >= a.capability AND b.alignment >= a.alignment
    AND (b.capability > a.capability OR b.alignment > a.alignment)
)
SELECT s.experiment, s.method, s.knobs, s.seeds,
       s.capability, s.capabilityLow, s.capabilityHigh, s.capabilityQuestionsLow, s.capabilityQuestionsHigh,
       s.alignment, s.alignmentLow, s.alignmentHigh, s.alignmentQuestionsLow, s.alignmentQuestionsHigh,
       s.discernment, s.discernmentLow, s.discernmentHigh, s.discernmentQuestionsLow, s.discernmentQuestionsHigh,
       coalesce(s.discernmentLow, s.discernmentQuestionsLow, s.discernment) > 0 AS discerns,
       s.seeds = 1 AND s.method NOT IN ('base', 'external') AS oneSeed, s.degenerate,
       b.method IS NULL AND NOT s.degenerate AS front, s.model, s.dataHash, s.settings, s.recipe
FROM setting s LEFT JOIN beaten b ON s.experiment = b.experiment AND s.method = b.method AND s.knobs = b.knobs
  AND s.model = b.model AND s.dataHash = b.dataHash AND s.settings = b.settings AND s.recipe <=> b.recipe
