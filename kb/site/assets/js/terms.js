/**
 * What a term means, shown where its link is pointed at, reached by key, or tapped.
 *
 * The text can be pointed at itself, goes with Escape, and describes its link to screen readers.
 * A tap on a plain mention shows the meaning first, and a second one opens the page; all other
 * links lead where they lead. What terms there are is loaded for the first of them.
 */

import { element } from "./elements.js";

const HOME = new URL("../../", import.meta.url);
const DELAY = 180;
const MENTION = "a.kb-term";

/** @type {Promise<Record<string, {title: string, meaning: string, others?: string[]}>> | undefined} */
let terms;
/** @type {HTMLElement | undefined} */
let shown;
/** @type {HTMLAnchorElement | undefined} */
let described;
let waiting = 0;
/** With what the reader last pressed: "mouse", "touch", "pen"; "" for keys. */
let pressed = "";

/** Set up the articles of a page. */
export function setUp(articles) {
  hide();
  for (const article of articles) {
    if (article.dataset.kbTerms === undefined) {
      article.dataset.kbTerms = "";
      article.addEventListener("pointerover", (event) => event.pointerType === "mouse" && later(event.target));
      article.addEventListener("pointerout", (event) => event.pointerType === "mouse" && leave(event));
      article.addEventListener("focusin", (event) => pressed !== "touch" && later(event.target));
      article.addEventListener("focusout", hide);
      article.addEventListener("click", tapped);
    }
  }
}

addEventListener("keydown", (event) => {
  pressed = "";
  if (event.key === "Escape") {
    hide();
  }
});
addEventListener("pointerdown", (event) => {
  pressed = event.pointerType;
  const isOurs = event.target instanceof Node && (shown?.contains(event.target) || described?.contains(event.target));
  if (!isOurs) {
    hide();
  }
}, true);

/** Show a mention's meaning in place of its page, once. */
function tapped(event) {
  const link = event.target instanceof Element ? event.target.closest(MENTION) : null;
  if (link && pressed === "touch" && link !== described) {
    event.preventDefault();
    event.stopPropagation(); // instant navigation would open the page
    show(link, true);
  }
}

/** Show what a link means, unless the pointer only passes over it. */
function later(target) {
  const link = target instanceof Element ? target.closest("a[href]") : null;
  if (!link || link === described) {
    return;
  }
  clearTimeout(waiting);
  waiting = setTimeout(() => show(link), DELAY);
}

async function show(link, isTapped = false) {
  const address = addressOf(link);
  if (address === undefined) {
    return;
  }
  terms ??= fetch(new URL("assets/kb/terms.json", HOME)).then((reply) => (reply.ok ? reply.json() : {})).catch(() => ({}));
  const term = (await terms)[address];
  if (!term || !link.isConnected) {
    return isTapped ? location.assign(link.href) : undefined;
  }
  if (!isTapped && !link.matches(":hover") && link !== document.activeElement) {
    return;
  }
  hide();
  shown = element("div", { class: "kb-tooltip", role: "tooltip", id: "kb_tooltip" },
    element("p", {}, element("strong", {}, term.title), ` – ${term.meaning}`),
    term.others && element("p", { class: "kb-tooltip-others" }, `Not the same as ${either(term.others)}.`),
    isTapped && element("p", { class: "kb-tooltip-others" }, "Tap the term again to open its page."));
  shown.addEventListener("pointerleave", leave);
  described = link;
  link.setAttribute("aria-describedby", shown.id);
  document.body.append(shown);
  place(link.getClientRects()[0]);
}

/** Return names as in "one, two or three". */
function either(names) {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names[0];
}

/** Return the address of a page of this site, relative to its root; undefined for all else. */
function addressOf(link) {
  const url = new URL(link.href, document.baseURI);
  const isHere = url.pathname === location.pathname;
  if (isHere || url.origin !== HOME.origin || !url.pathname.startsWith(HOME.pathname)) {
    return undefined;
  }
  return decodeURI(url.pathname.slice(HOME.pathname.length));
}

/** Put the text below its link, or above it where there is no room, within the window. */
function place(rectangle) {
  const { innerHeight, scrollX, scrollY } = window;
  const width = document.documentElement.clientWidth;
  const { offsetHeight, offsetWidth } = shown;
  const isBelow = rectangle.bottom + offsetHeight < innerHeight;
  const top = isBelow ? rectangle.bottom : rectangle.top - offsetHeight;
  const left = Math.max(8, Math.min(rectangle.left, width - offsetWidth - 8));
  shown.style.setProperty("top", `${top + scrollY}px`);
  shown.style.setProperty("left", `${left + scrollX}px`);
}

/** Hide the text, unless the pointer went to it or back to its link. */
function leave(event) {
  clearTimeout(waiting);
  const to = event.relatedTarget;
  const stays = to instanceof Node && (shown?.contains(to) || described?.contains(to));
  if (!stays && described !== document.activeElement) {
    hide();
  }
}

function hide() {
  clearTimeout(waiting);
  shown?.remove();
  described?.removeAttribute("aria-describedby");
  shown = described = undefined;
}
