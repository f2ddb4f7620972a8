-- One row a run, whatever became of it: how training went, and what its answers look like.
WITH training AS (
  SELECT run, min_by(loss, step) AS firstLoss, max(gradNorm) AS maxGradNorm FROM steps GROUP BY run
), answering AS (
  SELECT run, count(*) AS answers, avg(tokens) AS answerTokens, avg(CAST(finish = 'length' AS INT)) AS cut
  FROM generations GROUP BY run
), degenerating AS (
  SELECT run, avg(CAST(verdict <> 'ok' AS INT)) AS degenerate FROM judgements WHERE rubric LIKE 'degenerate@%' GROUP BY run
)
SELECT r.method, r.knobs, r.seed, r.status, r.reason, r.device, r.steps, r.tokens, r.seconds,
       CASE WHEN r.seconds > 0 THEN r.tokens / r.seconds END AS tokensPerSecond,
       t.firstLoss, r.loss, t.maxGradNorm, coalesce(a.answers, 0) AS answers, a.answerTokens, a.cut, d.degenerate,
       r.gpu, r.gpuPeakMib, r.gpuBusy, r.gpuReason, r.model, r.revision,
       CASE WHEN r.method NOT IN ('base', 'external') THEN coalesce(r.recipe, 1) END AS recipe, r.id AS run
FROM runs r
LEFT JOIN training t ON t.run = r.id
LEFT JOIN answering a ON a.run = r.id
LEFT JOIN degenerating d ON d.run = r.id
