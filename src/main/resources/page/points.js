// What the picture shows: the settings that have both figures, as they are to be drawn.

const TOGGLES = { seeds: 'Seeds', intervals: 'Intervals', labels: 'Labels', paths: 'Knob paths', front: 'Front', published: 'Published', inset: 'Inset' };

/** Of which answers a share is, where a metric ends so. */
const DENOMINATORS = { all: 'all answers', scored: 'those with a number', coherent: 'the coherent ones' };

/** The metrics that count the same of other answers, with what those are; itself among them. */
function denominators(metric) {
  const stem = metric.replace(/-of-(all|scored|coherent)$/, '');
  return Object.entries(DENOMINATORS).map(([of, title]) => [`${stem}-of-${of}`, title]).filter(([other]) => metrics.includes(other));
}

/** What the reader has chosen of the picture. */
function chosenPicture() {
  const [x, xLabel = ALL] = place.get('x', 'alignment').split(':');
  const [y, yLabel = ALL] = place.get('y', 'capability').split(':');
  const off = place.list('off');
  return {
    x: { metric: x, label: xLabel },
    y: { metric: y, label: yLabel },
    off: new Set(off),
    hidden: new Set(place.list('hidden')),
    zoom: place.list('zoom').map(Number),
    usual: x === 'alignment' && y === 'capability',
    fronts: [x, y].every(metric => AXES.includes(metric)), // of other metrics less may be better
  };
}

/** The settings with a place on both axes, of methods that are not hidden. */
function pointsOf(picture) {
  return data.settings.map((setting, index) => ({
    index,
    setting,
    x: figure(picture.x.metric, picture.x.label, index),
    y: figure(picture.y.metric, picture.y.label, index),
    seeds: setting.runs.map(run => ({
      run,
      x: ofRun(picture.x.metric, picture.x.label, run)?.value,
      y: ofRun(picture.y.metric, picture.y.label, run)?.value,
    })).filter(seed => known(seed.x) && known(seed.y)),
  })).filter(point => point.x && point.y && !picture.hidden.has(point.setting.method));
}

/** The figures of others, which have places on the experiment's own axes alone. */
function publishedOf(picture) {
  return picture.usual && !picture.off.has('published') ? data.published : [];
}

/** What is drawn from left to right and from below upwards. */
function extent(points, picture) {
  if (picture.zoom.length === 4 && picture.zoom.every(Number.isFinite)) return picture.zoom;
  const ends = axis => {
    const all = points.flatMap(point => [point[axis].mean,
      ...(picture.off.has('intervals') ? [] : widest(point[axis])),
      ...(picture.off.has('seeds') ? [] : point.seeds.map(seed => seed[axis]))]);
    publishedOf(picture).forEach(other => all.push(axis === 'x' ? other.alignment : other.capability));
    const low = Math.min(...all);
    const high = Math.max(...all);
    const pad = Math.max(0.02, 0.05 * (high - low));
    return [low - pad, high + pad];
  };
  return points.length ? [...ends('x'), ...ends('y')] : [0, 1, 0, 1];
}

/** The settings that no other beats on both axes, by growing x. */
function frontOf(points) {
  const able = points.filter(point => !point.setting.degenerate);
  return able.filter(p => !able.some(q => q.x.mean >= p.x.mean && q.y.mean >= p.y.mean && (q.x.mean > p.x.mean || q.y.mean > p.y.mean)))
    .sort((p, q) => p.x.mean - q.x.mean || q.y.mean - p.y.mean);
}

/** The part of the picture where points crowd most: a sixth of each side, where it has three or more. */
function crowd(points) {
  const [x0, x1, y0, y1] = extent(points, { ...chosenPicture(), zoom: [] });
  const width = (x1 - x0) / 6;
  const height = (y1 - y0) / 6;
  const near = points.map(p => points.filter(q => Math.abs(q.x.mean - p.x.mean) <= width / 2 && Math.abs(q.y.mean - p.y.mean) <= height / 2));
  const most = near.reduce((best, some) => some.length > best.length ? some : best, []);
  if (most.length < 3) return null;
  const box = axis => {
    const all = most.map(point => point[axis].mean);
    const pad = Math.max(0.01, 0.2 * (Math.max(...all) - Math.min(...all)));
    return [Math.min(...all) - pad, Math.max(...all) + pad];
  };
  return [...box('x'), ...box('y')];
}
