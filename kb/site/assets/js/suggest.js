/**
 * Ways on beside what the theme's search finds: above it terms of nearly the name that was typed,
 * which the search misses; below it, always in sight, the same words as a question.
 *
 * Each has what the theme's keys look for in a result; the score makes it the last that Enter opens.
 * A name as it is written has nothing above its results, so that the first arrow key opens them;
 * so nothing is offered before the search itself has its index, and says something new.
 */

import { element } from "./elements.js";
import { nearest } from "./names.js";

const HOME = new URL("../../", import.meta.url);
const MOST = 3;
const NEAR = 0.3; // share of the letters that may differ
const PAUSE = 150; // milliseconds without a key, after which somebody has typed a word
const LEAST = 3; // letters that a name is looked for with

/** @param {HTMLElement[]} results the part of the search that shows what was found */
export function setUp([results]) {
  const field = document.querySelector("[data-md-component=search-query]");
  if (!field || results.querySelector(".kb-ways")) {
    return; // the header outlives pages that are exchanged in place
  }
  const above = element("ol", { class: "kb-ways", role: "presentation" });
  const below = element("ol", { class: "kb-ways", role: "presentation" });
  results.lastElementChild.before(above);
  results.append(below);
  let shown = "";
  let timer = 0;
  let isReady = results.querySelector("li") !== null;
  const update = async () => {
    const typed = field.value.trim();
    if (typed === shown || !isReady) {
      return;
    }
    shown = typed;
    const near = typed.length < LEAST ? [] : (await nearest(typed, NEAR)).slice(0, MOST);
    if (typed === shown) {
      above.replaceChildren(...meant(near));
      below.replaceChildren(...asked(typed));
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(update, PAUSE);
  };
  new MutationObserver((_, observer) => {
    observer.disconnect();
    isReady = true;
    later();
  }).observe(results.firstElementChild, { childList: true });
  ["input", "keyup", "focus"].forEach((name) => field.addEventListener(name, later));
  results.closest("form, [role=dialog]").addEventListener("reset", later);
}

/** The terms that are meant; none where the first is what was typed. */
function meant(near) {
  return near.length === 0 || near[0].off === 0
    ? []
    : near.map(({ address, title }) =>
      way(new URL(address, HOME).href, "Did you mean ", element("strong", {}, title), "?"));
}

/** The words as a question, where the site has a place for it. */
function asked(typed) {
  const box = document.querySelector(".kb-ask-box");
  if (!box || !typed) {
    return [];
  }
  const address = new URL(box.action);
  address.searchParams.set("q", typed);
  return [way(address.href, "Ask ", element("strong", {}, `“${typed}”`))];
}

function way(href, ...content) {
  const article = element("article", { "data-md-score": "-1" }, ...content);
  return element("li", {}, element("a", { href, tabindex: "-1" }, article));
}
