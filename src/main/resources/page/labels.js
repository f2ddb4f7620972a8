// One metric, a column for each label.

function drawLabels() {
  const some = metrics.filter(metric => labelsOf(metric).length > 1);
  const metric = place.get('metric', some.includes(data.axes.metric) ? data.axes.metric : some[0] ?? '');
  if (!some.length) return [el('p', {}, 'No metric has labels.')];
  const columns = labelsOf(metric).map(label => ({
    key: label,
    title: label === ALL ? 'all labels' : label,
    value: ({ index }) => figure(metric, label, index)?.mean ?? null,
    show: ({ index }) => labelCell(figure(metric, label, index)),
  }));
  return [
    el('p', {}, data.meanings[metric] ?? 'Means over seeds.', ' The mean over seeds \u00b1 standard error, its 95 % interval, and the answers with those of them that no judge could score.'),
    table({ prefix: 'l', caption: metric, rows: data.settings.map((setting, index) => ({ setting, index })),
      head: [choice('Metric ', some.map(key => [key, key]), metric, key => place.set({ metric: key, lcolumns: null }))],
      columns: [{ key: 'setting', title: 'setting', value: ({ setting }) => named(setting), show: nameCell }, ...columns] }),
  ];
}

function labelCell(figure) {
  if (!figure) return DASH;
  const full = el('i', {});
  full.style.width = `${Math.max(0, Math.min(1, figure.mean)) * 100}%`;
  return [spread(figure.mean, figure.error), el('span', { class: 'meter', 'aria-hidden': 'true' }, full),
    el('small', {}, interval(...widest(figure))), el('small', {}, `n ${brief(figure.n)}` + (figure.unscored ? `, ${brief(figure.unscored)} unscored` : ''))];
}
