// A table that can be sorted by each column, searched, and have columns taken out.

/**
 * Columns: {key, title, unit, value(row), show(row), off, words}. Its state stands in the address under a prefix.
 */
function table({ prefix, caption, columns, rows, head, search = true, choose = true }) {
  const sortKey = prefix + 'sort';
  const result = el('div', { class: 'wide', tabindex: 0, role: 'region', 'aria-label': caption });
  const chosen = place.list(prefix + 'columns', columns.filter(column => !column.off).map(column => column.key));
  const some = columns.filter((column, i) => i === 0 || chosen.includes(column.key));
  const sort = place.get(sortKey);
  const by = some.find(column => column.key === sort.replace(/^-/, ''));
  const draw = words => {
    const wanted = words.toLowerCase().split(/\s+/);
    const kept = rows.filter(row => wanted.every(word => text(row).includes(word)));
    if (by) kept.sort(order(by, sort.startsWith('-')));
    result.replaceChildren(el('table', {}, el('caption', {}, `${caption}: ${kept.length} of ${rows.length}`),
      el('thead', {}, el('tr', {}, some.map(column => headCell(column, by, sort, sortKey)))),
      el('tbody', {}, kept.map(row => el('tr', {}, some.map((column, i) => cell(column, row, i === 0)))))));
  };
  const text = row => some.map(column => String(column.value(row) ?? '')).join(' ').toLowerCase();
  draw(place.get(prefix + 'find'));
  return el('section', {},
    el('div', { class: 'bar' }, head ?? [],
      search && rows.length > 4 ? typed('Find ', place.get(prefix + 'find'), words => {
        history.replaceState(null, '', place.link({ [prefix + 'find']: words || null }));
        draw(words);
      }) : null,
      choose && columns.length > 4 ? chooser(columns, some, prefix) : null),
    result);
}

function headCell(column, by, sort, sortKey) {
  const down = sort.startsWith('-');
  const sorted = column === by;
  const next = sorted && !down ? '-' + column.key : column.key;
  return el('th', { scope: 'col', 'aria-sort': sorted ? (down ? 'descending' : 'ascending') : 'none' },
    el('button', { type: 'button', 'data-key': column.key, click: () => {
      place.set({ [sortKey]: next });
      document.querySelector(`button[data-key="${CSS.escape(column.key)}"]`)?.focus();
    } }, column.title, sorted ? (down ? ' \u25bc' : ' \u25b2') : '', column.unit ? el('small', {}, ' ' + column.unit) : null));
}

function cell(column, row, first) {
  const value = column.value(row);
  const shown = column.show ? column.show(row) : typeof value === 'number' ? brief(value) : value ?? DASH;
  if (first) return el('th', { scope: 'row' }, shown);
  return el('td', { class: column.words ? 'words' : typeof value === 'number' ? 'number' : null }, shown);
}

/** Numbers by size, texts by letters, what is missing last. */
function order(column, down) {
  return (one, other) => {
    const a = column.value(one);
    const b = column.value(other);
    if (a === b) return 0;
    if (a === null || a === undefined) return 1;
    if (b === null || b === undefined) return -1;
    const sign = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
    return down ? -sign : sign;
  };
}

function chooser(columns, some, prefix) {
  const keys = some.map(column => column.key);
  return el('details', { class: 'columns', open: place.get(prefix + 'choose') === '1', toggle: event => {
    history.replaceState(null, '', place.link({ [prefix + 'choose']: event.target.open ? '1' : null }));
  } }, el('summary', {}, 'Columns'),
  el('div', { class: 'choices' }, columns.slice(1).map(column => tick(column.title + (column.group ? ` (${column.group})` : ''), keys.includes(column.key), on =>
    place.set({ [prefix + 'columns']: on ? [...keys, column.key] : keys.filter(key => key !== column.key) }), idOf('column ' + column.key)))));
}
