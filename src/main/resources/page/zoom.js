// A box drawn with the pointer becomes the picture.

function boxZoom(root, x, y, area) {
  let from = null;
  const box = svg('rect', { class: 'box', visibility: 'hidden' });
  root.append(box);
  const here = event => {
    const screen = root.getBoundingClientRect();
    const unit = root.viewBox.baseVal.width / screen.width;
    const within = (value, low, high) => Math.max(low, Math.min(high, value));
    return { x: within((event.clientX - screen.left) * unit, area.left, area.right), y: within((event.clientY - screen.top) * unit, area.top, area.bottom) };
  };
  root.addEventListener('dragstart', event => event.preventDefault());
  root.addEventListener('pointerdown', event => {
    if (event.button === 0 && event.pointerType !== 'touch' && !event.target.closest('a')) from = here(event);
  });
  root.addEventListener('pointermove', event => {
    if (!from) return;
    const to = here(event);
    for (const [name, value] of Object.entries({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y), visibility: 'visible' })) box.setAttribute(name, value);
  });
  root.addEventListener('pointerup', event => {
    if (!from) return;
    const to = here(event);
    const wide = Math.abs(to.x - from.x) > 8 && Math.abs(to.y - from.y) > 8;
    const corners = [x.back(Math.min(from.x, to.x)), x.back(Math.max(from.x, to.x)), y.back(Math.max(from.y, to.y)), y.back(Math.min(from.y, to.y))];
    from = null;
    box.setAttribute('visibility', 'hidden');
    if (wide) zoomTo(corners);
  });
  root.addEventListener('dblclick', () => zoomTo(null));
}

/** Arrow keys move what a zoom shows, by an eighth. */
function arrowKeys(root, [x0, x1, y0, y1]) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  root.addEventListener('keydown', event => {
    if (event.target !== root || !ways[event.key]) return;
    event.preventDefault();
    const [across, up] = ways[event.key].map((way, i) => way * [x1 - x0, y1 - y0][i] / 8);
    zoomTo([x0 + across, x1 + across, y0 + up, y1 + up]);
  });
}

/** Shows a part of the plane, [left, right, below, above], or all of it. */
function zoomTo(corners) {
  place.set({ zoom: corners ? corners.map(value => value.toPrecision(5)) : null });
}

/** The buttons for who has no pointer. */
function zoomButtons(points, picture) {
  const by = factor => {
    const [x0, x1, y0, y1] = extent(points, picture);
    const part = (low, high) => [(low + high) / 2 - (high - low) / 2 * factor, (low + high) / 2 + (high - low) / 2 * factor];
    zoomTo([...part(x0, x1), ...part(y0, y1)]);
  };
  const corner = crowd(points);
  const button = (id, title, click, disabled) => el('button', { type: 'button', id, click, disabled }, title);
  return el('span', { class: 'bar', role: 'group', 'aria-label': 'Zoom' },
    button('zoom-in', 'Zoom in', () => by(0.6)), button('zoom-out', 'Zoom out', () => by(1 / 0.6)),
    button('zoom-crowd', 'Crowded corner', () => zoomTo(corner), !corner),
    button('zoom-reset', 'Whole picture', () => zoomTo(null), picture.zoom.length !== 4));
}
