/** Asks readers whether a page or an answer is right, and tells the service: nobody else hears it. */

import { button, element } from "./elements.js";

const PLACE = ".kb-feedback";
const THANKS = {
  true: "Thank you.",
  false: "Thank you. Those who write these pages will see it.",
};

/** Whether this site asks at all. */
export function isWanted() {
  return document.querySelector(PLACE) !== null;
}

/**
 * Return what asks about one thing.
 * @param {string} question
 * @param {{ page: string } | { question: string }} subject as the service is told it
 * @param {URL} api address of the service
 */
export function asking(question, subject, api) {
  const status = element("span", { role: "status" });
  const choices = [["Yes", true], ["No", false]].map(([label, right]) =>
    button(label, () => say(right), { class: "kb-pill", "aria-pressed": "false" }));

  async function say(right) {
    const chosen = choices[right ? 0 : 1];
    if (choices.some((one) => one.getAttribute("aria-pressed") === "true")) {
      return; // said once
    }
    chosen.setAttribute("aria-pressed", "true");
    const reason = await refusal(new URL("feedback", api), { ...subject, right });
    status.textContent = reason ?? THANKS[right];
    if (reason) {
      chosen.setAttribute("aria-pressed", "false");
    }
  }

  const attributes = { class: "kb-feedback-row", role: "group", "aria-label": question };
  return element("p", attributes, element("span", {}, question), ...choices, status);
}

/** Tell the service, and return why it took no note; null: it did. */
async function refusal(address, judgement) {
  try {
    const reply = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      body: JSON.stringify(judgement),
    });
    if (reply.status === 429) {
      return "That was too much for now. Please try again later.";
    }
    return reply.ok ? null : "No note could be taken of it here.";
  } catch {
    return "The service could not be reached.";
  }
}

/** @param {HTMLElement[]} places */
export function setUp([place]) {
  if (document.querySelector(".kb-ask-page") || place.childElementCount > 0) {
    return; // there it is asked of each answer
  }
  const root = new URL(place.dataset.root, location.href);
  const elsewhere = document.querySelector("[data-kb-api]")?.dataset.kbApi;
  const api = elsewhere ? new URL(elsewhere, location.href) : root;
  place.append(asking("Is this page right?", { page: place.dataset.page }, api));
}
