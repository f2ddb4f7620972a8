// Names beside points: each where it covers least, and left out where there is no room.

/** Eight directions, near first. */
const AROUND = [10, 16, 26, 40].flatMap(far => [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]].map(([dx, dy]) => [dx * far, dy * far]));

/** How wide a name is that the style sheet's text of pictures has, in pixels. */
function nameWidth(text, bold) {
  ruler.font = `${bold ? 700 : 400} 12px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width;
}

const ruler = document.createElement('canvas').getContext('2d');

function names(points, area) {
  const taken = points.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
  const out = [];
  const first = [...points].sort((a, b) => Number(b.point.setting.landmark) - Number(a.point.setting.landmark));
  for (const { x, y, point } of first) {
    const text = point.setting.mark;
    const width = nameWidth(text, point.setting.landmark) + 6;
    const box = AROUND.map(([dx, dy]) => {
      const left = dx > 0 ? x + dx : dx < 0 ? x + dx - width : x - width / 2;
      const middle = y + dy;
      return { left, right: left + width, top: middle - 8, bottom: middle + 8, far: Math.hypot(dx, dy) };
    }).find(box => box.left >= area.left && box.right <= area.right && box.top >= area.top && box.bottom <= area.bottom
      && !taken.some(other => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top));
    if (!box) continue;
    taken.push(box);
    if (box.far > 20) out.push(svg('line', { class: 'leader', x1: x, y1: y, x2: Math.max(box.left, Math.min(x, box.right)), y2: (box.top + box.bottom) / 2 }));
    out.push(svg('text', { class: point.setting.landmark ? 'halo landmark' : 'halo', x: box.left + 3, y: box.bottom - 4, 'aria-hidden': 'true' }, text));
  }
  return out;
}
