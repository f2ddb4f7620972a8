// The first view: in short, the picture, the table.

function drawResults() {
  const picture = chosenPicture();
  const points = pointsOf({ ...picture, hidden: new Set() });
  return [
    ...inShort(),
    el('section', { 'aria-label': 'Picture' },
      el('div', { class: 'bar' }, axisChoice('Across', 'x', picture.x), axisChoice('Up', 'y', picture.y)),
      el('div', { class: 'bar' },
        Object.entries(TOGGLES).filter(([key]) => key !== 'published' || data.published.length).map(([key, title]) =>
          tick(title, !picture.off.has(key), on => place.set({ off: flip(picture.off, key, !on) }))),
        zoomButtons(pointsOf(picture), picture)),
      pictures(picture),
      legend(points, picture),
      el('p', { class: 'quiet' }, 'Large points: means over seeds. Small points: the seeds. Thin bars: 95 % intervals over other seeds and other'
        + ' questions; thick bars: over other questions alone. Step line: Pareto front of the means; up and to the right is better.'
        + ' Hollow: many degenerate answers. Draw a box to zoom, and move it with the arrow keys; a point opens its answers.')),
    apart(),
    settingsTable(),
    el('ul', { class: 'quiet' }, data.notes.map(note => el('li', {}, note))),
  ];
}

const INSET = 340;

/** The picture, and beside it enlarged where points crowd, if there is room. */
function pictures(picture) {
  const width = pictureWidth();
  const corner = picture.zoom.length || picture.off.has('inset') || width < 3 * INSET ? null : crowd(pointsOf(picture));
  const whole = el('div', { class: 'picture' }, drawFrontier(corner ? width - INSET - 20 : width, { ...picture, corner }));
  return corner ? el('div', { class: 'beside' }, whole, el('figure', {}, el('figcaption', { class: 'quiet' }, 'Where points crowd'),
    el('div', { class: 'picture' }, drawFrontier(INSET, { ...picture, zoom: corner, inset: true })))) : whole;
}

function pictureWidth() {
  return Math.max(280, Math.min(1400, document.getElementById('main').clientWidth - 2));
}

/** A list for the address, with a key in or out; nothing where it is empty. */
function flip(set, key, on) {
  const some = new Set(set);
  if (on) some.add(key);
  else some.delete(key);
  return some.size ? [...some] : null;
}

function axisChoice(title, axis, chosen) {
  const change = (metric, label) => place.set({ [axis]: label === ALL ? metric : `${metric}:${label}`, zoom: null });
  const labels = labelsOf(chosen.metric);
  const others = denominators(chosen.metric);
  return el('span', { class: 'bar' },
    choice(title + ' ', metrics.map(metric => [metric, metric]), chosen.metric, metric => change(metric, ALL)),
    labels.length > 1 ? choice('of ', labels.map(label => [label, label === ALL ? 'all labels' : label]), chosen.label, label => change(chosen.metric, label), axis + '-label') : null,
    others.length > 1 ? choice('as a share of ', others, chosen.metric, metric => change(metric, chosen.label), axis + '-share') : null);
}

function legend(points, picture) {
  return legendOf([...new Set(points.map(point => point.setting.method))], picture.hidden);
}

/** A button for each method, by which it goes and comes. */
function legendOf(shown, hidden) {
  return el('ul', { class: 'legend', 'aria-label': 'Methods' }, shown.map(method => el('li', {},
    el('button', { type: 'button', id: 'method-' + method, 'aria-pressed': String(!hidden.has(method)),
      click: () => place.set({ hidden: flip(hidden, method, !hidden.has(method)) }) },
    svg('svg', { viewBox: '-16 -16 32 32', 'aria-hidden': 'true' }, marker(method, 0, 0, 10, { fill: colour(method) })),
    el('span', { class: 'name' }, method)))));
}

/** The runs that have no place in the picture, and why. */
function apart() {
  const some = data.runs.filter(run => run.apart);
  return some.length === 0 ? '' : el('details', { open: true }, el('summary', {}, `${some.length} runs without a result, in no picture and no mean`),
    el('ul', {}, some.map(run => el('li', {}, run.apart))));
}

/** What a newcomer wants to know first, in sentences. */
function inShort() {
  const at = index => ({ capability: figure('capability', ALL, index), alignment: figure('alignment', ALL, index) });
  const say = index => {
    const { capability, alignment } = at(index);
    return `alignment ${two(alignment.mean)} ${interval(...widest(alignment))}, capability ${two(capability.mean)} ${interval(...widest(capability))}`;
  };
  const find = kind => data.settings.findIndex(setting => setting.kind === kind);
  const base = find('base');
  const standard = find('standard');
  const best = data.best;
  const balanced = balance(at);
  const line = (name, index, more) => index < 0 ? null : el('li', {}, el('strong', {}, name), ` \u2013 ${say(index)}. `, more);
  return [
    el('p', {}, `Capability is ${data.axes.capability}; alignment is ${data.axes.alignment}. In brackets: 95 % intervals. `,
      `${data.settings.flatMap(setting => setting.runs).length} of ${data.runs.length} runs are drawn, in ${data.settings.length} settings. `, area()),
    el('ul', {},
      line('The base model', base),
      line('Standard training', standard),
      line(`Most alignment, with a capability at most 0.05 below that of standard training: ${best >= 0 ? named(data.settings[best]) : ''}`, best, threeAnswers(standard, best)),
      balanced === best || balanced === base ? null
        : line(`Most of both (by their harmonic mean): ${balanced >= 0 ? named(data.settings[balanced]) : ''}`, balanced, threeAnswers(standard, balanced))),
  ];
}

/** The setting with the largest harmonic mean of both axes, which is always on the front; -1 where there is no front. */
function balance(at) {
  const mean = index => {
    const { capability: { mean: a }, alignment: { mean: b } } = at(index);
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
  };
  const front = data.settings.map((setting, index) => index).filter(index => data.settings[index].front);
  return front.reduce((most, index) => most < 0 || mean(index) > mean(most) ? index : most, -1);
}

function area() {
  const { value, low, high } = data.hypervolume;
  return `The means dominate an area of ${two(value)}${known(low) ? ` ${interval(low, high)}` : ''} (hypervolume from (0, 0); 1 is perfect).`;
}

/** The address of answers that show what a setting keeps. */
function threeAnswers(standard, best) {
  if (standard < 0 || standard === best) return null;
  const runs = [data.settings[standard].runs[0], data.settings[best].runs[0]];
  return el('a', { href: place.view('answers', { runs: runs.map(runKey).join('~'), filter: 'flips' }) }, 'Answers that show it');
}
