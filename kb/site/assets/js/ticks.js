/**
 * Ticks that stay in the browser: one list for each page that says what is to be done.
 *
 * Who ticks a step off on a component's page finds it ticked in the planner, and the other way round.
 * Where the browser keeps nothing, ticks last as long as the page.
 */

const HOME = new URL("../../", import.meta.url).pathname;

export class Ticks {
  /** @param {string} list Id of the product or component whose page says what is to be done. */
  constructor(list) {
    this.key = `kb-ticks:${HOME}:${list}`;
    this.names = new Set();
    this.#read();
  }

  /**
   * Whether a requirement is ticked: as a whole, or on one node.
   * @param {string} name
   * @param {string} [node]
   */
  has(name, node = "") {
    return this.names.has(name) || (node !== "" && this.names.has(`${name}@${node}`));
  }

  /**
   * The nodes on which a requirement is ticked, where it is not ticked as a whole.
   * @param {string} name
   */
  nodes(name) {
    return this.has(name) ? [] : this.#onNodes(name).map((one) => one.slice(name.length + 1));
  }

  /**
   * Tick a requirement as a whole, or take it back; nothing of single nodes is left.
   * @param {string} name
   * @param {boolean} isTicked
   */
  set(name, isTicked) {
    this.#change(() => {
      this.#onNodes(name).forEach((one) => this.names.delete(one));
      this.#put(name, isTicked);
    });
  }

  /**
   * Tick a requirement node by node; other nodes than these keep what they have.
   * @param {string} name
   * @param {[string, boolean][]} nodes
   */
  setOnNodes(name, nodes) {
    this.#change(() => {
      this.names.delete(name);
      nodes.forEach(([node, isTicked]) => this.#put(`${name}@${node}`, isTicked));
    });
  }

  #onNodes(name) {
    return [...this.names].filter((one) => one.startsWith(`${name}@`));
  }

  #put(name, isTicked) {
    this.names[isTicked ? "add" : "delete"](name);
  }

  #read() {
    try {
      this.names = new Set(JSON.parse(localStorage.getItem(this.key) ?? "[]"));
    } catch {
      // Storage is forbidden, or holds something else.
    }
  }

  /** Change what is kept now: another tab may have ticked meanwhile. */
  #change(act) {
    this.#read();
    act();
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
