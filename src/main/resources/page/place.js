// Where the reader is: all of it stands behind the # of the address, so that an address can be shared.

const place = {
  read() {
    return new URLSearchParams(location.hash.slice(1));
  },
  get(key, otherwise = '') {
    return this.read().get(key) ?? otherwise;
  },
  list(key, otherwise = []) {
    const text = this.read().get(key);
    return text === null ? otherwise : text.split('~').filter(part => part !== '');
  },
  /** The address with some parts changed; what is null goes. */
  link(changes) {
    const parts = this.read();
    for (const [key, value] of Object.entries(changes)) {
      if (value === null || value === undefined) parts.delete(key);
      else parts.set(key, Array.isArray(value) ? value.join('~') : value);
    }
    return '#' + parts;
  },
  /** Another view, without the parts of this one. */
  view(name, parts = {}) {
    return '#' + new URLSearchParams({ view: name, ...parts });
  },
  /** Changes parts of the address and shows what is now meant, without a step in the history. */
  set(changes) {
    history.replaceState(null, '', this.link(changes));
    show();
  },
};
