/**
 * The theme puts the buttons of each code block into a landmark without a name. A reader who goes
 * from landmark to landmark would stop at every block: they are made plain buttons.
 */

/** @param {Element[]} blocks The code blocks of the page. */
export function setUp(blocks) {
  const article = blocks[0].closest("article") ?? document.body;
  free(article);
  new MutationObserver(() => free(article)).observe(article, { childList: true, subtree: true });
}

/** @param {Element} article */
function free(article) {
  for (const nav of article.querySelectorAll("nav.md-code__nav:not([role])")) {
    nav.setAttribute("role", "none");
  }
}
