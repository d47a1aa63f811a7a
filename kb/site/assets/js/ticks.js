/** Ticks that stay in the browser; where it keeps nothing, they last as long as the page. */

const HOME = new URL("../../", import.meta.url).pathname;

export class Ticks {
  /** @param {string} list Name of the checklist on this site. */
  constructor(list) {
    this.key = `kb-ticks:${HOME}:${list}`;
    this.names = new Set();
    try {
      this.names = new Set(JSON.parse(localStorage.getItem(this.key) ?? "[]"));
    } catch {
      // Storage is forbidden, or holds something else.
    }
  }

  /** @param {string} name */
  has(name) {
    return this.names.has(name);
  }

  /**
   * @param {string} name
   * @param {boolean} isTicked
   */
  set(name, isTicked) {
    this.names[isTicked ? "add" : "delete"](name);
    try {
      if (this.names.size > 0) {
        localStorage.setItem(this.key, JSON.stringify([...this.names]));
      } else {
        localStorage.removeItem(this.key);
      }
    } catch {
      // As above.
    }
  }
}
