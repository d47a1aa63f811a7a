/**
 * Runs before the theme does, on the page that answers: the theme takes the parameter `q` of any
 * address for words to search for. Here it is the question, which the page puts back in its place.
 * Until its answer has come the page keeps the room for it, and no longer than a moment.
 */
(() => {
  const MOMENT = 4000; // milliseconds
  const address = new URL(location.href);
  const asked = address.searchParams.get("q");
  if (asked !== null) {
    address.searchParams.delete("q");
    history.replaceState(null, "", address);
    const { dataset } = document.documentElement;
    dataset.kbAsked = asked; // the theme writes its own into the history
    if (asked.trim()) {
      dataset.kbOpening = "";
      setTimeout(() => delete dataset.kbOpening, MOMENT);
    }
  }
})();
