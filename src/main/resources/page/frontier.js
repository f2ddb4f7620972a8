// The picture: one setting a point, a click leads to its answers.

/** @param picture as chosenPicture has it; corner: what is drawn apart, enlarged; inset: that this is it */
function drawFrontier(width, picture) {
  const id = picture.inset ? 'crowd' : 'frontier';
  const points = pointsOf(picture);
  const size = { width, height: Math.round(Math.min(width < 600 ? width : width * 0.6, Math.max(320, 0.72 * innerHeight))) };
  const area = { left: 52, right: size.width - 14, top: 12, bottom: size.height - 46 };
  const [x0, x1, y0, y1] = extent(points, picture);
  const x = scale(x0, x1, area.left, area.right);
  const y = scale(y0, y1, area.bottom, area.top);
  const at = point => ({ x: x(point.x.mean), y: y(point.y.mean) });
  const within = (across, up) => across >= x0 && across <= x1 && up >= y0 && up <= y1;
  const inside = svg('g', { 'clip-path': `url(#in-${id})` });
  if (picture.fronts && !picture.off.has('front')) inside.append(...step(frontOf(points).map(at), area));
  inside.append(...publishedOf(picture).filter(other => within(other.alignment, other.capability)).map(other => publishedPoint(other, x, y, picture)));
  if (!picture.off.has('paths')) inside.append(...paths(points, at));
  if (!picture.off.has('intervals')) inside.append(...points.flatMap(point => bars(point, x, y)));
  if (!picture.off.has('seeds')) inside.append(...points.flatMap(point => seeds(point, x, y)));
  const drawn = points.filter(point => within(point.x.mean, point.y.mean));
  inside.append(...drawn.map(point => mean(point, at(point), picture)));
  if (!picture.off.has('labels')) inside.append(...names(drawn.map(point => ({ ...at(point), point })), area));
  if (picture.corner) inside.append(cornerOf(picture.corner, x, y));
  const root = svg('svg', { viewBox: `0 0 ${size.width} ${size.height}`, id, role: 'group', tabindex: picture.zoom.length && !picture.inset ? 0 : null,
    'aria-label': `${axisName(picture.y)} against ${axisName(picture.x)}; the table below has the same figures` },
  svg('clipPath', { id: 'in-' + id }, svg('rect', { x: area.left, y: area.top, width: area.right - area.left, height: area.bottom - area.top })),
  grid(x, y, [x0, x1, y0, y1], area), inside, axes(picture, size, area));
  boxZoom(root, x, y, area);
  arrowKeys(root, [x0, x1, y0, y1]);
  return root;
}

function cornerOf([x0, x1, y0, y1], x, y) {
  return svg('rect', { class: 'corner', x: x(x0), y: y(y1), width: x(x1) - x(x0), height: y(y0) - y(y1) });
}

function axisName({ metric, label }) {
  const what = data.axes[metric];
  return metric + (label === ALL ? '' : ` of ${label}`) + (what && label === ALL ? ` (${what})` : '');
}

function grid(x, y, [x0, x1, y0, y1], area) {
  const across = ticks(x0, x1, (area.right - area.left) / 70);
  const up = ticks(y0, y1, (area.bottom - area.top) / 45);
  const places = all => Math.max(2, ...all.map(value => (String(value).split('.')[1] ?? '').length));
  return svg('g', { 'aria-hidden': 'true' },
    across.map(value => [svg('line', { class: 'grid', x1: x(value), x2: x(value), y1: area.top, y2: area.bottom }),
      svg('text', { class: 'tick', x: x(value), y: area.bottom + 16, 'text-anchor': 'middle' }, value.toFixed(Math.min(4, places(across))))]),
    up.map(value => [svg('line', { class: 'grid', x1: area.left, x2: area.right, y1: y(value), y2: y(value) }),
      svg('text', { class: 'tick', x: area.left - 6, y: y(value) + 4, 'text-anchor': 'end' }, value.toFixed(Math.min(4, places(up))))]));
}

function axes(picture, size, area) {
  const most = Math.floor((area.right - area.left) / 7);
  const short = text => text.length <= most ? text : text.slice(0, most - 1) + '\u2026';
  return svg('g', { 'aria-hidden': 'true' },
    svg('text', { class: 'axis', x: (area.left + area.right) / 2, y: size.height - 8, 'text-anchor': 'middle' }, short(axisName(picture.x)) + ' \u2192'),
    svg('text', { class: 'axis', x: 0, y: 0, 'text-anchor': 'middle', transform: `translate(13 ${(area.top + area.bottom) / 2}) rotate(-90)` },
      short(axisName(picture.y)).slice(0, Math.floor((area.bottom - area.top) / 7)) + ' \u2192'));
}

/** The front as steps, with what it dominates. */
function step(front, area) {
  if (!front.length) return [];
  let line = `M${-1e4} ${front[0].y}`;
  front.forEach((point, i) => {
    line += i ? `V${point.y}H${point.x}` : `H${point.x}`;
  });
  line += `V${area.bottom + 1e4}`;
  return [svg('path', { class: 'dominated', d: line + 'H-10000Z' }), svg('path', { class: 'front', d: line })];
}

/** The settings of a method joined in the order of its knobs. */
function paths(points, at) {
  const byMethod = new Map();
  for (const point of points) byMethod.set(point.setting.method, [...byMethod.get(point.setting.method) ?? [], point]);
  return [...byMethod].filter(([method, some]) => some.length > 1 && method !== 'external').map(([method, some]) =>
    svg('path', { class: 'path', stroke: colour(method), d: 'M' + some.map(at).map(p => `${p.x} ${p.y}`).join('L') }));
}

function bars(point, x, y) {
  const stroke = colour(point.setting.method);
  const bar = (kind, low, high, across) => known(low) && svg('line', across
    ? { class: kind, stroke, x1: x(low), x2: x(high), y1: y(point.y.mean), y2: y(point.y.mean) }
    : { class: kind, stroke, x1: x(point.x.mean), x2: x(point.x.mean), y1: y(low), y2: y(high) });
  return [bar('thin', point.x.low, point.x.high, true), bar('thin', point.y.low, point.y.high, false),
    bar('thick', point.x.questionsLow, point.x.questionsHigh, true), bar('thick', point.y.questionsLow, point.y.questionsHigh, false)].filter(Boolean);
}

function seeds(point, x, y) {
  return point.seeds.length < 2 ? [] : point.seeds.map(seed =>
    marker(point.setting.method, x(seed.x), y(seed.y), 3.5, { class: 'seed', fill: colour(point.setting.method) }));
}

function publishedPoint(other, x, y, picture) {
  const label = `Published, not ours: ${other.method} ${other.setting}, alignment ${two(other.alignment)}, capability ${two(other.capability)}`;
  return svg('g', { class: 'other', tabindex: picture.inset ? -1 : 0, role: 'img', 'aria-label': label, ...tip.on(() => [el('strong', {}, `Published, not ours: ${other.method}`), pairs([['setting', other.setting],
    ['alignment', two(other.alignment)], ['capability', two(other.capability)], ['seeds', String(other.seeds)]])]) },
  marker(other.method, x(other.alignment), y(other.capability), 5, { class: 'published' }),
  svg('text', { class: 'tick', x: x(other.alignment) + 7, y: y(other.capability) - 5 }, String(other.number)));
}

function mean(point, at, picture) {
  const { setting } = point;
  const own = colour(setting.method);
  return svg('a', { href: answersOf(point.index), class: 'point', 'data-setting': point.index, tabindex: picture.inset ? -1 : null, 'aria-label': spoken(point, picture),
    ...tip.on(() => details(point, picture)) },
  svg('circle', { cx: at.x, cy: at.y, r: 13, fill: 'transparent' }),
  marker(setting.method, at.x, at.y, 7.5, setting.degenerate ? { class: 'hollow', stroke: own } : { class: 'mean', fill: own }));
}

function spoken(point, picture) {
  return `${named(point.setting)}: ${picture.x.metric} ${two(point.x.mean)}, ${picture.y.metric} ${two(point.y.mean)}. Opens its answers`;
}

/** All that the picture knows of a setting. */
function details(point, picture) {
  const { setting } = point;
  const rows = axis => [
    [picture[axis].metric, spread(point[axis].mean, point[axis].error)],
    ['  95 %, seeds too', interval(point[axis].low, point[axis].high)],
    ['  95 %, questions', interval(point[axis].questionsLow, point[axis].questionsHigh)],
    ['  answers', `${brief(point[axis].n)}, ${brief(point[axis].unscored)} unscored`],
    ['  by seed', point.seeds.map(seed => `${data.runs[seed.run].seed}: ${two(seed[axis])}`).join('  ')]];
  return [el('strong', {}, named(setting)), pairs([...rows('x'), ...rows('y'),
    ['runs', setting.runs.map(run => data.runs[run].id.slice(0, BRIEF)).join(' ')],
    ['on the front', known(setting.onFront) ? `in ${(100 * setting.onFront).toFixed(0)} % of resamples` : ''],
    ['note', setting.signs.join('; ')]])];
}

/** The address of a setting's answers beside those of the base model. */
function answersOf(index) {
  return place.view('answers', { runs: runKey(data.settings[index].runs[0]) });
}
