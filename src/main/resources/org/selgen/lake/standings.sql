-- One row a setting: the runs that differ in the seed alone, averaged, and whether no other setting of the experiment is
-- at least as good on both axes and better on one. Runs without a value on an axis are left out, as in the report.
WITH setting AS (
  SELECT experiment, method, knobs, count(*) AS seeds,
         avg(capability) AS capability, avg(capabilityLow) AS capabilityLow, avg(capabilityHigh) AS capabilityHigh,
         avg(alignment) AS alignment, avg(alignmentLow) AS alignmentLow, avg(alignmentHigh) AS alignmentHigh,
         model, dataHash, settings
  FROM results
  WHERE capability IS NOT NULL AND alignment IS NOT NULL
  GROUP BY experiment, method, knobs, model, dataHash, settings
), beaten AS (
  SELECT DISTINCT a.experiment, a.method, a.knobs, a.model, a.dataHash, a.settings
  FROM setting a JOIN setting b ON a.experiment = b.experiment
    AND b.capability >= a.capability AND b.alignment >= a.alignment
    AND (b.capability > a.capability OR b.alignment > a.alignment)
)
SELECT s.experiment, s.method, s.knobs, s.seeds, s.capability, s.capabilityLow, s.capabilityHigh,
       s.alignment, s.alignmentLow, s.alignmentHigh, b.method IS NULL AS front, s.model, s.dataHash, s.settings
FROM setting s LEFT JOIN beaten b USING (experiment, method, knobs, model, dataHash, settings)
