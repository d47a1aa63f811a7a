/**
 * What runs on every page: each feature is loaded where its element is, and nowhere else.
 *
 * A page that comes by instant navigation is set up like one that was opened.
 */

/** Selector of a feature's element -> its module, whose `setUp` gets all such elements. */
const FEATURES = [
  [".kb-ask-box", "./askbox.js"],
  [".kb-ask-page", "./ask.js"],
  ["[data-kb-planner]", "./planner.js"],
  [".kb-filters", "./matrix.js"],
  ["[data-kb-checklist]", "./checklist.js"],
  [".md-content article", "./terms.js"],
  [".kb-finder", "./roles.js"],
  ["article pre > code", "./code-buttons.js"],
  ["time[data-kb-review-days]", "./coverage.js"],
  [".kb-feedback", "./feedback.js"],
  [".kb-missing", "./missing.js"],
  ["[data-md-component=search-result]", "./suggest.js"],
];

/** Set up what is on the page that is shown now. */
function setUpPage() {
  for (const [selector, module] of FEATURES) {
    const found = document.querySelectorAll(selector);
    if (found.length > 0) {
      import(module).then(({ setUp }) => setUp([...found]));
    }
  }
}

if (typeof document$ === "undefined") {
  setUpPage();
} else {
  document$.subscribe(setUpPage); // Material says so for the first page and each later one
}
