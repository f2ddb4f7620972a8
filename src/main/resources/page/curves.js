// How runs were trained: a chart for each measure, a line for each run.

const MEASURES = {
  loss: 'loss (nats a token)',
  task: 'loss on task rows (nats a token)',
  proxy: 'term on proxy rows, before its weight',
  gradNorm: 'norm of the gradient before clipping',
  learningRate: 'learning rate',
};

function drawTraining() {
  const trained = data.runs.map((run, i) => i).filter(i => data.runs[i].curve);
  if (!trained.length) return [el('p', {}, 'No step of a training is in the lake.')];
  if (unreadable()) return [el('p', { role: 'alert' }, unreadable())];
  const hidden = new Set(place.list('hidden'));
  const seed = place.get('seed', 'first');
  const some = trained.filter(i => !hidden.has(data.runs[i].method) && (seed === 'all' || isFirst(i, trained) || data.runs[i].apart));
  const charts = el('div', { class: 'charts' }, el('p', { class: 'quiet' }, 'Reading\u2026'));
  Promise.all(some.map(i => part('steps-' + i))).then(curves => charts.replaceChildren(...Object.keys(MEASURES)
    .map(key => chart(key, some, curves)).filter(Boolean))).catch(error => charts.replaceChildren(el('p', { role: 'alert' }, String(error.message ?? error))));
  return [
    el('p', { class: 'quiet' }, 'A line for each run, with its method\u2019s marker at its end; a cross where a run diverged. Of a long training some hundred steps are shown.'),
    el('div', { class: 'bar' }, choice('Seeds ', [['first', 'the first of each setting'], ['all', 'all']], seed, to => place.set({ seed: to }))),
    legendOf([...new Set(trained.map(i => data.runs[i].method))], hidden),
    charts,
    throughput(trained),
  ];
}

function isFirst(i, trained) {
  return !trained.some(j => j < i && data.runs[j].method === data.runs[i].method && data.runs[j].knobs === data.runs[i].knobs);
}

function chart(key, runs, curves) {
  const values = curves.flatMap(curve => curve[key]).filter(known);
  if (!values.length || values.every(value => value === 0)) return null;
  const width = Math.min(640, Math.max(280, pictureWidth() - 4));
  const area = { left: 58, right: width - 10, top: 8, bottom: 236 };
  const steps = Math.max(...curves.flatMap(curve => curve.step.at(-1) ?? 1));
  const sorted = [...values].sort((a, b) => a - b);
  const high = Math.min(sorted.at(-1), 4 * sorted[Math.floor(0.98 * (sorted.length - 1))] || sorted.at(-1));
  const low = Math.min(0, sorted[0]);
  const x = scale(1, steps, area.left, area.right);
  const y = scale(low, high, area.bottom, area.top);
  const root = svg('svg', { viewBox: `0 0 ${width} 270`, role: 'img', 'aria-label': `${MEASURES[key]} by step` },
    svg('clipPath', { id: 'clip-' + key }, svg('rect', { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top })),
    ticks(low, high, 5).map(value => [svg('line', { class: 'grid', x1: area.left, x2: area.right, y1: y(value), y2: y(value) }),
      svg('text', { class: 'tick', x: area.left - 5, y: y(value) + 4, 'text-anchor': 'end' }, brief(value))]),
    ticks(1, steps, width / 90).map(value => svg('text', { class: 'tick', x: x(value), y: area.bottom + 15, 'text-anchor': 'middle' }, brief(value))),
    svg('text', { class: 'tick', x: area.right, y: area.bottom + 30, 'text-anchor': 'end' }, 'step'),
    svg('g', { 'clip-path': `url(#clip-${key})` }, curves.map((curve, k) => line(key, data.runs[runs[k]], curve, x, y))),
    curves.map((curve, k) => end(key, data.runs[runs[k]], curve, x, y, area)).filter(Boolean));
  nearest(root, key, runs, curves, x, y);
  return el('figure', {}, el('figcaption', {}, MEASURES[key]), el('div', { class: 'picture' }, root));
}

function line(key, run, curve, x, y) {
  let d = '';
  curve.step.forEach((step, i) => {
    d += known(curve[key][i]) ? `${d === '' || !known(curve[key][i - 1]) ? 'M' : 'L'}${x(step).toFixed(1)} ${y(curve[key][i]).toFixed(1)}` : '';
  });
  return svg('path', { class: 'line', stroke: colour(run.method), d, 'data-run': run.id });
}

/** At the last number of a run its method's marker, so that colours need not tell runs apart; a cross where it diverged. */
function end(key, run, curve, x, y, area) {
  const last = curve[key].findLastIndex(known);
  if (last < 0) return null;
  const at = { x: x(curve.step[last]), y: Math.max(area.top + 6, y(curve[key][last])) };
  if (!run.diverged) return marker(run.method, at.x, at.y, 4.5, { class: 'mean last', fill: colour(run.method) });
  return svg('path', { class: 'end', stroke: colour(run.method), d: `M${at.x - 5} ${at.y - 5}l10 10m0 -10l-10 10` }, svg('title', {}, titled(run) + ' diverged'));
}

/** The pointer tells of the run and the step next to it. */
function nearest(root, key, runs, curves, x, y) {
  root.addEventListener('pointermove', event => {
    const unit = root.viewBox.baseVal.width / root.getBoundingClientRect().width;
    const here = { x: event.offsetX * unit, y: event.offsetY * unit };
    let best = null;
    curves.forEach((curve, k) => curve.step.forEach((step, i) => {
      if (!known(curve[key][i])) return;
      const far = Math.hypot(x(step) - here.x, y(curve[key][i]) - here.y);
      if (!best || far < best.far) best = { far, run: data.runs[runs[k]], step, value: curve[key][i] };
    }));
    if (best && best.far < 40) {
      tip.show({ x: event.clientX, y: event.clientY }, el('strong', {}, titled(best.run)), pairs([['step', brief(best.step)], [key, brief(best.value)]]));
    } else tip.hide();
  });
  root.addEventListener('pointerleave', () => tip.hide());
}

function throughput(runs) {
  return table({ prefix: 'r', caption: 'Throughput', rows: runs.map(i => data.runs[i]), columns: [
    { key: 'run', title: 'run', value: titled },
    { key: 'steps', title: 'steps', unit: 'n', value: run => run.steps },
    { key: 'tokens', title: 'tokens', unit: 'n', value: run => run.tokens },
    { key: 'seconds', title: 'time', unit: 's', value: run => run.seconds },
    { key: 'speed', title: 'throughput', unit: 'tokens/s', value: run => run.seconds > 0 ? Math.round(run.tokens / run.seconds) : null },
    { key: 'loss', title: 'loss at the end', unit: 'nats a token', value: run => run.loss },
    { key: 'end', title: 'end', words: true, value: run => run.apart ? run.apart : 'finished' }] });
}
