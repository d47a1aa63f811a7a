/** Builds elements. Texts stay texts: nothing that is given here is taken for markup. */

/**
 * @param {string} name
 * @param {Record<string, string | boolean | EventListener | undefined>} [attributes]
 *   `on…` are listeners; false and undefined are left out
 * @param {...(Node | string | null | undefined | false)} content what is empty is left out
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      made.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== undefined) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...content.filter(Boolean));
  return made;
}

/**
 * Return a button that does something.
 * @param {string} label
 * @param {() => void} act
 * @param {Record<string, string | boolean | undefined>} [attributes]
 */
export function button(label, act, attributes = {}) {
  return element("button", { type: "button", ...attributes, onclick: () => act() }, label);
}
