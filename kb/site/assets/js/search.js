/** Opens the search of the site's theme with some words in it. */

const toggle = () => document.querySelector("[data-md-toggle=search]");
const field = () => document.querySelector("[data-md-component=search-query]");

/** @type {((words: string) => void) | null} null: this site has no search */
export const searchFor = toggle() && field() ? open : null;

/** @param {string} words */
function open(words) {
  if (!toggle().checked) {
    toggle().click();
  }
  field().focus();
  field().value = words;
  field().dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
}
