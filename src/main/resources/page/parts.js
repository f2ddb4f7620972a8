// Pieces of data that are read when they are shown: within this page, or files beside it.

const parts = new Map();

/** A piece by its name. */
function part(name) {
  if (!parts.has(name)) {
    const inside = document.getElementById('part-' + name);
    parts.set(name, inside ? Promise.resolve(JSON.parse(inside.textContent)) : beside(name));
    parts.get(name).catch(() => parts.delete(name)); // the next who asks may have more luck
    if (parts.size > 400) parts.delete(parts.keys().next().value);
  }
  return parts.get(name);
}

async function beside(name) {
  const reply = await fetch(`data/${name}.json`);
  if (!reply.ok) throw new Error(`data/${name}.json is not there; make the report again`);
  return reply.json();
}

/** Why pieces beside the page cannot be read; empty where they can. */
function unreadable() {
  return data.beside && location.protocol === 'file:'
    ? `The answers lie in files beside this page, which a browser does not read from a disk. See them with: selgen report FILE --open, where FILE is the experiment's (as conf/experiments/${data.experiment}.yaml)` : '';
}

/** The entry of a list that lies in chunks, of which each begins where starts says. */
async function entry(name, starts, place) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= place) low = middle;
    else high = middle - 1;
  }
  return (await part(`${name}-${low}`))[place - starts[low]];
}
