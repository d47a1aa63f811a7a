/** The box in the header: one key leads to it from anywhere on the page. */

const KEY = "?";
const TYPED = "input, textarea, select, [contenteditable]";

/** @type {HTMLFormElement | null} */
let box = null;

/** @param {HTMLFormElement[]} boxes */
export function setUp([found]) {
  if (box === found) {
    return;
  }
  box = found;
  // The header outlives the page where pages are exchanged in place, and relative addresses do not.
  box.action = new URL(box.getAttribute("action"), document.baseURI).href;
  for (const link of document.querySelectorAll(".kb-ask-link")) {
    link.href = new URL(link.getAttribute("href"), document.baseURI).href;
  }
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  const inside = event.target instanceof Element && event.target.closest(TYPED);
  if (event.key !== KEY || event.ctrlKey || event.altKey || event.metaKey || inside) {
    return;
  }
  const field = document.querySelector(".kb-ask-form [name=q]") ?? box?.elements.q;
  if (field?.checkVisibility()) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (box) {
    event.preventDefault();
    location.href = box.action;
  }
}

addEventListener("keydown", pressed);
