/**
 * A plan as elements of a page. Texts are put in as texts: none of them is taken for markup.
 *
 * The same shape as `kb/site/sheets.py` writes, so that one style sheet fits both.
 */

import { element } from "./elements.js";
import { boxesOf } from "./plan-boxes.js";
import { branches, facts, titles } from "./plan-markdown.js";
import { fill } from "./plan-states.js";

/** Put a text into an element; what stands between backticks is code. */
function said(name, attributes, text) {
  const made = element(name, attributes);
  text.split(/`([^`]+)`/).forEach((part, at) => {
    made.append(at % 2 ? element("code", {}, part) : part);
  });
  return made;
}

function bullets(texts, className) {
  return texts.length
    ? element("ul", { class: className }, ...texts.map((one) => said("li", {}, one)))
    : undefined;
}

/**
 * Return the elements of a plan.
 * @param {object} plan
 * @param {Record<string, string>} words
 * @param {{addressOf: (id: string) => string | undefined,
 *          methodOf: (id: string) => {title: string, href: string} | undefined,
 *          documentOf: (text: string) => string | undefined, copy: (text: string) => void,
 *          isTicked: (box: import("./plan-boxes.js").Box) => boolean,
 *          tick: (box: import("./plan-boxes.js").Box, isTicked: boolean) => void,
 *          answer: (id: string, value: boolean) => void, choose: (topology: string) => void}} site
 */
export function viewOf(plan, words, site) {
  const say = (name) => fill(words, name);
  const many = (one) => titles(one.components);
  const part = (title, kind, ...content) => {
    const shown = content.filter((one) => one !== undefined);
    return shown.length
      ? element("section", { class: `kb-plan-part kb-plan-${kind}` },
        element("h3", {}, title), ...shown)
      : undefined;
  };
  const remarks = (listed) => (listed.length
    ? element("ul", { class: "kb-step-remarks" }, ...listed.map((one) => remarkOf(one, words, many(one), site)))
    : undefined);
  const shown = [
    bullets(facts(plan, words), "kb-plan-facts"),
    part(say("decide"), "decide", decisions(plan, words, site)),
    part(say("rules"), "rules", remarks(plan.rules)),
    ...plan.sections.map((section) => part(
      section.title,
      "work",
      section.note ? said("p", { class: "kb-quiet" }, section.note) : undefined,
      element("ol", { class: "kb-steps" }, ...section.steps.map(
        (one) => stepOf(one, boxesOf(one, plan.product.id), words, site),
      )),
    )),
    plan.sections.length ? undefined : element("p", {}, say("empty")),
    part(say("skipped"), "rest", bullets(
      plan.skipped.map((one) => `${many(one) ? `${many(one)}: ` : ""}${one.text} ${one.why}`),
    )),
    part(say("nothing"), "rest", bullets(plan.nothing.map((one) => `${one.title}: ${one.why}`))),
    part(say("others"), "rest", remarks(plan.others)),
    part(say("sources"), "rest", sources(plan.sources, site)),
  ];
  return shown.filter((one) => one !== undefined);
}

function decisions(plan, words, site) {
  const listed = plan.questions.map((one) => element("li", {},
    said("strong", {}, one.title),
    one.text ? said("span", {}, ` ${one.text}`) : undefined,
    said("p", { class: "kb-branches" }, branches(one, words).join(" ")),
    answers(one.title, [["Yes", true], ["No", false]], (value) => site.answer(one.id, value))));
  if (plan.open_topologies.length) {
    const options = plan.open_topologies.map((one) => [one.title, one.id]);
    listed.unshift(element("li", {},
      element("strong", {}, fill(words, "decide-topology")),
      ` ${fill(words, "topologies", titles(plan.open_topologies))}`,
      answers(fill(words, "decide-topology"), options, site.choose)));
  }
  return listed.length ? element("ul", {}, ...listed) : undefined;
}

/** Return buttons with which a question is answered where it is asked. */
function answers(question, options, act) {
  return element("div", { class: "kb-options kb-answers", role: "group", "aria-label": question },
    ...options.map(([label, value]) => {
      const made = element("button", { type: "button", class: "kb-button" }, label);
      made.addEventListener("click", () => act(value));
      return made;
    }));
}

function stepOf(one, boxes, words, site) {
  const isOne = boxes.length === 1;
  const href = site.addressOf(one.id);
  // Where each component has a box, these name them.
  const whose = (one.components.length < 2 && one.whose) || "";
  const number = element("span", { class: "kb-step-number" }, `${one.number}.`);
  const text = said("span", { class: "kb-step-text" }, one.text);
  return element("li", { class: `kb-step kb-is-${one.level}` },
    isOne
      ? element("label", { class: "kb-step-line" }, boxOf(boxes[0], site), number, text)
      : element("p", { class: "kb-step-line" }, element("span"), number, text),
    element("div", { class: "kb-step-more" },
      isOne ? undefined : ticksOf(one, boxes, site),
      whose || href
        ? element("p", { class: whose ? "kb-whose" : "kb-whose kb-no-print" },
          href ? element("a", { href }, whose || "Details") : whose)
        : undefined,
      bullets(one.notes, "kb-step-notes"),
      ...below(one, words, site),
      one.remarks.length
        ? element("ul", { class: "kb-step-remarks" },
          ...one.remarks.map((remark) => remarkOf(remark, words, "", site)))
        : undefined));
}

function ticksOf(one, boxes, site) {
  return element("ul", { class: "kb-ticks", "aria-label": one.text },
    ...boxes.map((box) => element("li", {},
      element("label", {}, boxOf(box, site), element("span", {}, box.label)))));
}

function boxOf(box, site) {
  const made = element("input", {
    type: "checkbox",
    class: "kb-tick",
    onchange: () => site.tick(box, made.checked),
  });
  made.checked = site.isTicked(box);
  return made;
}

function remarkOf(one, words, whose, site) {
  const notes = one.notes.map((note) => ` (${note})`).join("");
  return element("li", { class: `kb-is-${one.level}` },
    element("strong", { class: "kb-remark-label" }, `${one.label}:`),
    " ",
    said("span", {}, `${whose ? `${whose}: ` : ""}${one.text}${notes}`),
    ...below(one, words, site));
}

function below(one, words, site) {
  return [
    one.why ? said("p", { class: "kb-why" }, fill(words, "why", one.why)) : undefined,
    one.how.text ? how(one, site) : undefined,
    one.how.steps.length
      ? element("ol", { class: "kb-how-steps" }, ...one.how.steps.map((step) => said("li", {}, step)))
      : undefined,
    one.check
      ? element("div", { class: "kb-check" },
        element("p", {}, fill(words, "check")),
        element("pre", {}, element("code", {}, one.check.run)),
        copying(one.check.run, site),
        said("p", {}, fill(words, "expect", one.check.expect)))
      : undefined,
  ];
}

/** Return how it is done; the name of a procedure that has a page leads there. */
function how(one, site) {
  const method = site.methodOf(one.id);
  const at = method ? one.how.text.indexOf(method.title) : -1;
  if (at < 0) {
    return said("p", { class: "kb-how" }, one.how.text);
  }
  const made = said("p", { class: "kb-how" }, one.how.text.slice(0, at));
  made.append(
    said("a", { href: method.href }, method.title),
    ...said("span", {}, one.how.text.slice(at + method.title.length)).childNodes,
  );
  return made;
}

function copying(command, site) {
  const made = element("button", { type: "button", class: "kb-button kb-no-print" }, "Copy command");
  made.addEventListener("click", () => site.copy(command));
  return made;
}

/** Return the sources; those with a page are links. */
function sources(listed, site) {
  return listed.length
    ? element("ul", {}, ...listed.map((one) => {
      const href = site.documentOf(one);
      return href
        ? element("li", {}, said("a", { href }, one))
        : said("li", {}, one);
    }))
    : undefined;
}
