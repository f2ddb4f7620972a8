// Differences between settings on the same questions, worked out beforehand.

const EFFECTS = ['value', 'low', 'high', 'questionsLow', 'questionsHigh', 'p', 'questions', 'unpaired'];

const contrasts = new Map(data.differences.map(row => [`${row.axis} ${row.one} ${row.other}`, row.figures]));

/** How much more of an axis one setting has than another. */
function difference(axis, one, other) {
  const swapped = one > other;
  const figures = contrasts.get(`${axis} ${Math.min(one, other)} ${Math.max(one, other)}`);
  if (!figures) return null;
  const out = Object.fromEntries(EFFECTS.map((key, i) => [key, figures[i]]));
  if (!swapped) return out;
  const minus = value => known(value) ? -value : value;
  return { ...out, value: minus(out.value), low: minus(out.high), high: minus(out.low), questionsLow: minus(out.questionsHigh), questionsHigh: minus(out.questionsLow) };
}

/**
 * Corrected for all of these together: the i-th smallest of m counts m \u2212 i + 1 times, and none less than one before it.
 */
function holm(all) {
  let greatest = 0;
  const corrected = new Map();
  [...all.keys()].sort((a, b) => all.get(a) - all.get(b)).forEach((key, i) => {
    greatest = Math.max(greatest, Math.min(1, (all.size - i) * all.get(key)));
    corrected.set(key, greatest);
  });
  return corrected;
}

/** p of each setting against one, on every axis, corrected for all of them: the family that is shown. */
function family(rows, to) {
  const all = new Map();
  rows.forEach(({ index }) => AXES.forEach(axis => {
    const found = difference(axis, index, to);
    if (found && known(found.p)) all.set(`${axis} ${index}`, found.p);
  }));
  return holm(all);
}

function drawCompare() {
  if (!data.differences.length) return [el('p', {}, data.differencesNote || 'No two settings answer the same questions.'), ...madeBefore()];
  const standard = Math.max(0, data.settings.findIndex(setting => setting.kind === 'standard'));
  const chosen = settingOf(place.get('to'));
  const to = chosen < 0 ? standard : chosen;
  const names = data.settings.map((setting, i) => [String(i), named(setting)]);
  const rows = data.settings.map((setting, index) => ({ setting, index })).filter(({ index }) => index !== to);
  const corrected = family(rows, to);
  return [
    el('p', {}, 'How much more of each axis a setting has than the one chosen, on the same questions: what makes a question hard for both cancels.'
      + ' Runs are compared seed by seed where both have the same seeds. p is the error at which the interval would begin at 0; corrected by Holm\u2019s method'
      + ` for the ${corrected.size} comparisons shown here. Below 0.05: they differ.`),
    data.differencesNote ? el('p', { class: 'quiet' }, data.differencesNote) : '',
    forest(rows, to),
    table({ prefix: 'd', caption: `Differences to ${named(data.settings[to])}`, rows,
      head: [choice('Compared with ', names, String(to), value => place.set({ to: settingKey(data.settings[value]) }))],
      columns: [{ key: 'setting', title: 'setting', value: ({ setting }) => named(setting), show: nameCell }, ...AXES.flatMap(axis => effects(axis, to, corrected))] }),
    ...madeBefore(),
  ];
}

/** Settings that were chosen on one half of the questions, and claims tested on the other. */
const madeBefore = () => data.chosen.map((each, i) => tableOf(each, `h${i}`));

function effects(axis, to, corrected) {
  const get = ({ index }) => difference(axis, index, to);
  const p = value => known(value) ? (value < 0.001 ? '< 0.001' : value.toFixed(3)) : DASH;
  return [
    { key: axis, title: `${axis} more`, unit: 'difference', value: row => get(row)?.value ?? null, show: row => get(row) ? signed(get(row).value) : DASH },
    { key: axis + '.seeds', title: '95 %', unit: 'seeds, questions', group: axis, value: row => get(row)?.low ?? null, show: row => get(row) ? interval(get(row).low, get(row).high, signed) : DASH },
    { key: axis + '.questions', title: '95 %', unit: 'questions', group: axis, off: true, value: row => get(row)?.questionsLow ?? null,
      show: row => get(row) ? interval(get(row).questionsLow, get(row).questionsHigh, signed) : DASH },
    { key: axis + '.p', title: 'p', group: axis, off: true, value: row => get(row)?.p ?? null, show: row => p(get(row)?.p) },
    { key: axis + '.corrected', title: 'p corrected', unit: 'Holm', group: axis, value: ({ index }) => corrected.get(`${axis} ${index}`) ?? null,
      show: ({ index }) => p(corrected.get(`${axis} ${index}`)) },
    { key: axis + '.n', title: 'questions', unit: 'n in both', group: axis, off: true, value: row => get(row)?.questions ?? null },
    { key: axis + '.unpaired', title: 'in one alone', unit: 'n', group: axis, off: true, value: row => get(row)?.unpaired ?? null },
  ];
}

/** The differences as marks with their intervals, all axes side by side on one scale. */
function forest(rows, to) {
  const width = pictureWidth();
  const name = Math.min(260, width * 0.34);
  const bottom = 30 + 22 * rows.length;
  const part = (width - name) / AXES.length;
  const ends = rows.flatMap(({ index }) => AXES.map(axis => difference(axis, index, to)).filter(Boolean)
    .flatMap(each => [each.value, ...widest({ ...each, mean: each.value })]));
  const low = Math.min(-0.05, ...ends);
  const high = Math.max(0.05, ...ends);
  return el('div', { class: 'picture' }, svg('svg', { viewBox: `0 0 ${width} ${bottom + 22}`, role: 'group', 'aria-label': 'Differences with 95 % intervals; the table has the same figures' },
    AXES.map((axis, k) => {
      const left = name + k * part;
      const x = scale(low, high, left + 22, left + part - 22);
      return [svg('text', { class: 'axis', x: left + part / 2, y: 16, 'text-anchor': 'middle' }, cutTo(axis, part / 7)),
        svg('rect', { class: 'frame', x: left + 5, y: 22, width: part - 10, height: bottom - 22 }),
        ticks(low, high, (part - 44) / 46).map(value => [svg('line', { class: value === 0 ? 'none' : 'grid', x1: x(value), x2: x(value), y1: 22, y2: bottom }),
          svg('text', { class: 'tick', x: x(value), y: bottom + 15, 'text-anchor': 'middle' }, signed(value))]),
        rows.map(({ setting, index }, i) => effect(difference(axis, index, to), `${axis}: ${named(setting)}`, setting, x, 34 + 22 * i))];
    }),
    rows.map(({ setting }, i) => svg('text', { x: 6, y: 38 + 22 * i }, cutTo(setting.mark, name / 7)))));
}

const cutTo = (text, most) => text.length <= most ? text : text.slice(0, Math.floor(most) - 1) + '\u2026';

function effect(found, title, setting, x, y) {
  if (!found) return null;
  const stroke = colour(setting.method);
  const bar = (kind, low, high) => known(low) ? svg('line', { class: kind, stroke, x1: x(low), x2: x(high), y1: y, y2: y }) : null;
  const label = `${title}, ${signed(found.value)} ${interval(found.low, found.high, signed)}`;
  return svg('g', { class: 'effect', tabindex: 0, role: 'img', 'aria-label': label, ...tip.on(() => [el('strong', {}, title), pairs([
    ['difference', signed(found.value)], ['95 %, seeds too', interval(found.low, found.high, signed)], ['95 %, questions', interval(found.questionsLow, found.questionsHigh, signed)], ['questions', brief(found.questions)]])]) },
  bar('thin', found.low, found.high), bar('thick', found.questionsLow, found.questionsHigh), marker(setting.method, x(found.value), y, 5, { fill: stroke }));
}
