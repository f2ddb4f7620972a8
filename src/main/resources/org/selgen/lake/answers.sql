-- One row an answer and rubric: what was asked, what was answered, and what the judge said.
SELECT r.method, r.knobs, r.seed, g.dataset, q.label, q.variant, g.question, g.sample,
       array_join(transform(q.prompt, turn -> concat(turn.role, ': ', turn.content)), '\n') AS asked,
       q.gold, g.answer, j.rubric, j.verdict, j.score, j.reason, g.finish, g.tokens, g.decoding,
       CASE WHEN r.method NOT IN ('base', 'external') THEN coalesce(r.recipe, 1) END AS recipe, g.run
FROM generations g
JOIN runs r ON r.id = g.run
JOIN questions q ON q.dataset = g.dataset AND q.id = g.question
LEFT JOIN judgements j ON j.run = g.run AND j.dataset = g.dataset AND j.question = g.question
  AND j.sample = g.sample AND j.decoding = g.decoding
