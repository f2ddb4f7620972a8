-- One row a setting and an equal part of its steps, named by the first of them: mean loss and largest gradient norm over all
-- seeds. The parts are so wide that all settings together have about ${CURVE_ROWS} rows, which a notebook shows whole.
WITH point AS (
  SELECT r.method, rtrim(concat_ws(' ', r.method, r.knobs)) AS setting, s.step, s.loss, s.gradNorm
  FROM steps s JOIN runs r ON r.id = s.run
), part AS (
  SELECT greatest(1, CAST(ceil(max(step) * count(DISTINCT setting) / ${CURVE_ROWS}) AS INT)) AS width FROM point
)
SELECT p.method, p.setting, CAST(floor((p.step - 1) / w.width) AS INT) * w.width + 1 AS step,
       avg(p.loss) AS loss, max(p.gradNorm) AS gradNorm
FROM point p CROSS JOIN part w
GROUP BY ALL
