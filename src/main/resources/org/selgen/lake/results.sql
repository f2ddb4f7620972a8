-- One row a scored run and experiment: its two axes and its discernment with their 95 % intervals over questions, and the
-- share of its answers that are degenerate.
SELECT s.experiment, r.method, r.knobs, r.seed,
       max(s.value) FILTER (WHERE s.metric = 'capability') AS capability,
       max(s.low)   FILTER (WHERE s.metric = 'capability') AS capabilityLow,
       max(s.high)  FILTER (WHERE s.metric = 'capability') AS capabilityHigh,
       max(s.value) FILTER (WHERE s.metric = 'alignment')  AS alignment,
       max(s.low)   FILTER (WHERE s.metric = 'alignment')  AS alignmentLow,
       max(s.high)  FILTER (WHERE s.metric = 'alignment')  AS alignmentHigh,
       max(s.value) FILTER (WHERE s.metric = 'alignment-discernment') AS discernment,
       max(s.low)   FILTER (WHERE s.metric = 'alignment-discernment') AS discernmentLow,
       max(s.high)  FILTER (WHERE s.metric = 'alignment-discernment') AS discernmentHigh,
       max(s.value) FILTER (WHERE s.metric = 'degenerate') AS degenerate,
       r.model, r.dataHash, r.settings,
       CASE WHEN r.method NOT IN ('base', 'external') THEN coalesce(r.recipe, 1) END AS recipe, r.id AS run
FROM scores s JOIN runs r ON r.id = s.run
WHERE s.label = 'all' AND s.metric IN ('capability', 'alignment', 'alignment-discernment', 'degenerate')
  AND r.status = 'finished'
GROUP BY s.experiment, r.method, r.knobs, r.seed, r.model, r.dataHash, r.settings, r.recipe, r.id
HAVING capability IS NOT NULL OR alignment IS NOT NULL
