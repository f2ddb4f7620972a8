// The little panel beside what the pointer is on, or the keyboard.

const tip = {
  panel: document.getElementById('tip'),
  show(at, ...children) {
    this.panel.replaceChildren(...children);
    this.panel.hidden = false;
    const box = this.panel.getBoundingClientRect();
    const right = at.x + 16 + box.width < innerWidth;
    this.panel.style.left = Math.max(4, right ? at.x + 16 : at.x - box.width - 12) + 'px';
    this.panel.style.top = Math.max(4, Math.min(at.y + 12, innerHeight - box.height - 4)) + 'px';
  },
  hide() {
    this.panel.hidden = true;
  },
  /** Attributes of what has a panel. */
  on(children) {
    return {
      pointerenter: event => this.show({ x: event.clientX, y: event.clientY }, ...children()),
      pointerleave: () => this.hide(),
      focus: event => {
        const box = event.currentTarget.getBoundingClientRect();
        this.show({ x: box.right, y: box.bottom }, ...children());
      },
      blur: () => this.hide(),
    };
  },
};
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') tip.hide();
});
