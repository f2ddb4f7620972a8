-- One row a setting: the runs that differ in the seed alone, averaged, and whether no other setting of the experiment is
-- at least as good on both axes and better on one. Runs without a value on an axis are left out, as in the report. Settings
-- of two recipes are not compared; the base model, which has none, is compared with all.
WITH setting AS (
  SELECT experiment, method, knobs, count(*) AS seeds,
         avg(capability) AS capability, avg(capabilityLow) AS capabilityLow, avg(capabilityHigh) AS capabilityHigh,
         avg(alignment) AS alignment, avg(alignmentLow) AS alignmentLow, avg(alignmentHigh) AS alignmentHigh,
         model, dataHash, settings, recipe
  FROM results
  WHERE capability IS NOT NULL AND alignment IS NOT NULL
  GROUP BY experiment, method, knobs, model, dataHash, settings, recipe
), beaten AS (
  SELECT DISTINCT a.experiment, a.method, a.knobs, a.model, a.dataHash, a.settings, a.recipe
  FROM setting a JOIN setting b ON a.experiment = b.experiment
    AND coalesce(a.recipe = b.recipe, true)
    AND b.capability >= a.capability AND b.alignment >= a.alignment
    AND (b.capability > a.capability OR b.alignment > a.alignment)
)
SELECT s.experiment, s.method, s.knobs, s.seeds, s.capability, s.capabilityLow, s.capabilityHigh,
       s.alignment, s.alignmentLow, s.alignmentHigh, b.method IS NULL AS front, s.model, s.dataHash, s.settings, s.recipe
FROM setting s LEFT JOIN beaten b ON s.experiment = b.experiment AND s.method = b.method AND s.knobs = b.knobs
  AND s.model = b.model AND s.dataHash = b.dataHash AND s.settings = b.settings AND s.recipe <=> b.recipe
