// Numbers as the page prints them: a dash where there is none.

const DASH = '\u2013';

const known = value => value !== null && value !== undefined && Number.isFinite(value);

/** Two places, halves away from 0 as in every table of selgen. */
function hundredths(value) {
  return (Math.sign(value) * Math.round(Math.abs(value) * 100) / 100).toFixed(2).replace('-', '\u2212');
}

function two(value) {
  return known(value) ? hundredths(value) : DASH;
}

function signed(value) {
  if (!known(value)) return DASH;
  const text = hundredths(Math.abs(value));
  return text === '0.00' ? text : (value < 0 ? '\u2212' : '+') + text;
}

function interval(low, high, number = two) {
  return known(low) ? `[${number(low)}, ${number(high)}]` : DASH;
}

/** A mean and its standard error over seeds. */
function spread(mean, error, number = two) {
  return known(error) ? `${number(mean)} \u00b1 ${two(error)}` : number(mean);
}

/** Four digits that count; thousands apart. */
function brief(value) {
  if (!known(value)) return DASH;
  if (Number.isInteger(value)) return value.toLocaleString('en');
  const size = Math.abs(value);
  return size >= 1000 ? Math.round(value).toLocaleString('en')
    : size >= 1e-3 || size === 0 ? String(Number(value.toPrecision(4))) : Number(value.toPrecision(3)).toExponential();
}

/** At most so many round numbers from low to high. */
function ticks(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(of => of * power).find(of => of >= rough);
  const out = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) out.push(Number((i * step).toPrecision(12)));
  return out;
}

/** Places on the screen for numbers from low to high. */
function scale(low, high, from, to) {
  const of = value => from + (value - low) / (high - low || 1) * (to - from);
  of.back = place => low + (place - from) / (to - from || 1) * (high - low);
  return of;
}
