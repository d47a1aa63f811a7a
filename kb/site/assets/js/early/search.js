/**
 * Runs before the theme does, which fetches the whole index of its search with every page. Here
 * that waits until somebody turns to the search, so that a page that is read comes alone.
 */
(() => {
  const INDEX = "/search/search_index.json";
  const SEARCH = "[data-md-component=search], [data-md-toggle=search], [for=__search]";
  const given = new URLSearchParams(location.search);
  if (given.has("q") || given.has("h")) {
    return; // the theme searches at once, or marks the words that were searched for
  }
  const { open } = XMLHttpRequest.prototype;
  const isOpen = () => document.querySelector("[data-md-toggle=search]")?.checked;
  let isWanted = isOpen() || Boolean(document.activeElement?.closest(SEARCH));
  /** @type {XMLHttpRequest | null} */
  let waiting = null;

  XMLHttpRequest.prototype.open = function held(method, address, ...rest) {
    open.call(this, method, address, ...rest);
    if (!isWanted && String(address).endsWith(INDEX)) {
      waiting = this;
      waiting.send = () => {}; // until it is wanted
    }
  };

  const wanted = ({ target }) => {
    if (!(target instanceof Element && target.closest(SEARCH))) {
      return;
    }
    isWanted = true;
    XMLHttpRequest.prototype.open = open;
    TURNS.forEach((name) => removeEventListener(name, wanted, true));
    if (waiting) {
      delete waiting.send;
      waiting.send();
    }
  };
  const TURNS = ["pointerover", "focusin", "change"];
  TURNS.forEach((name) => addEventListener(name, wanted, true));
})();
