// Elements of the page. Whatever is text goes in as text: nothing here reads markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined));
  return element;
}

/** An HTML element; an attribute that is a function listens to the event of its name. */
function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same of SVG. */
function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** What has an id keeps the keyboard when a view is drawn anew. */
const idOf = title => 'of-' + title.trim().toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** A choice of one of [value, title] pairs, or of pairs by the title of their group. */
function choice(title, options, value, changed, id = idOf(title)) {
  const option = ([key, text]) => el('option', { value: key, selected: key === value }, text);
  const inside = Array.isArray(options)
    ? options.map(option)
    : Object.entries(options).map(([group, some]) => el('optgroup', { label: group }, some.map(option)));
  return el('label', {}, title, el('select', { id, change: event => changed(event.target.value) }, inside));
}

/** A box to tick. */
function tick(title, on, changed, id = idOf(title)) {
  return el('label', {}, el('input', { type: 'checkbox', id, checked: on, change: event => changed(event.target.checked) }), title);
}

/** A line of text to type; what is typed counts when typing rests. */
function typed(title, value, changed) {
  let waiting = 0;
  const input = el('input', { type: 'search', value, input: event => {
    clearTimeout(waiting);
    waiting = setTimeout(() => changed(event.target.value), 150);
  } });
  return el('label', {}, title, input);
}

/** Names with what they stand for. */
function pairs(entries) {
  return el('dl', { class: 'pairs' },
    entries.filter(([, value]) => value !== null && value !== '').map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}
