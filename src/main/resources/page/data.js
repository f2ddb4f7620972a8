// What the page knows: the data beside this code, and how to find a figure among them.

const data = JSON.parse(document.getElementById('data').textContent);
const ALL = 'all';
const cells = new Map(data.cells.map(cell => [cell.metric + ' ' + cell.label, cell]));
const methods = new Map(data.methods.map(method => [method.name, method]));

/** The axes of the experiment. */
const AXES = Object.keys(data.axes).filter(name => name !== 'metric');

/** All metrics, the axes first. */
const metrics = [...new Set(data.cells.map(cell => cell.metric))];

/** The labels of a metric, all of them together first. */
function labelsOf(metric) {
  const labels = data.cells.filter(cell => cell.metric === metric).map(cell => cell.label);
  return [...labels.filter(label => label === ALL), ...labels.filter(label => label !== ALL)];
}

/** A setting's figure over its seeds; nothing where it has none. */
function figure(metric, label, setting) {
  const row = cells.get(metric + ' ' + label)?.settings[setting];
  if (!row) return null;
  const [mean, error, low, high, questionsLow, questionsHigh, n, unscored, seeds] = row;
  return { mean, error, low, high, questionsLow, questionsHigh, n, unscored, seeds };
}

/** One run's figure. */
function ofRun(metric, label, run) {
  const row = cells.get(metric + ' ' + label)?.runs[run];
  if (!row) return null;
  const [value, low, high, n, unscored] = row;
  return { value, low, high, n, unscored };
}

/** The ends of the interval that says most: over seeds where they are known to differ. */
function widest(figure) {
  if (known(figure.low)) return [figure.low, figure.high];
  return known(figure.questionsLow) ? [figure.questionsLow, figure.questionsHigh] : [figure.mean, figure.mean];
}

function colour(method) {
  return methods.get(method)?.colour ?? 'currentColor';
}

/** A method's marker around (x, y), of this radius. */
function marker(method, x, y, radius, attributes) {
  const path = (methods.get(method) ?? data.other).path;
  return svg('path', { d: path, transform: `translate(${x} ${y}) scale(${radius / 10})`, 'vector-effect': 'non-scaling-stroke', ...attributes });
}

/** Method and knobs. */
function named(of) {
  return of.knobs ? `${of.method} ${of.knobs.replaceAll(',', ', ')}` : of.method;
}

/** The same with the seed, where it has one. */
function titled(run) {
  return run.seeded ? `${named(run)}, seed ${run.seed}` : named(run);
}

// In an address a run or a setting is not called by its place in a list, which changes when another comes.

const BRIEF = 8; // characters of a run's id

/** What a run is called in an address: as much of its id as no other's begins with. */
const runKey = run => {
  const { id } = data.runs[run];
  let end = BRIEF;
  while (end < id.length && data.runs.some(other => other.id !== id && other.id.startsWith(id.slice(0, end)))) end++;
  return id.slice(0, end);
};

/** The run that is called so; -1 for none. */
const runOf = key => data.runs.findIndex(({ id }) => id === key || (key.length >= BRIEF && id.startsWith(key)));

/** The same of a setting: its method and knobs. */
const settingKey = ({ method, knobs }) => knobs ? `${method} ${knobs}` : method;

const settingOf = key => data.settings.findIndex(setting => settingKey(setting) === key);
