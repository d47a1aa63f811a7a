/** An answer of the service as elements: the same as the site shows of its common questions. */

import { element } from "./elements.js";

export const SAID = /^(Yes|No)\. /; // the badge says these words
const OUTCOMES = { clarify: "clarify", not_covered: "not-covered" };

/**
 * What an answer is shown with.
 * @typedef {object} Setting
 * @property {(name: string) => Node | null} badge a copy of a badge
 * @property {(url: string) => string} address the address on this site of one that the service says
 * @property {(question: string) => void} ask asks another question
 */

/** @param {any} answer @returns {string | null} which badge belongs to the answer as a whole */
export function outcomeOf(answer) {
  return answer.status === "answered" ? answer.verdict : OUTCOMES[answer.status];
}

/** @param {any} answer @param {Setting} setting @returns {Node[]} */
export function shown(answer, setting) {
  return [
    element("div", { class: "kb-answer" }, ...said(answer, setting), ...choices(answer, setting)),
    understood(answer),
    ...narrowing(answer, setting),
    ...evidence(answer, setting),
  ].filter(Boolean);
}

/** What it says, line by line; lines with a hyphen are those of a list. */
function said(answer, setting) {
  const outcome = outcomeOf(answer);
  const found = outcome ? [element("p", {}, setting.badge(`outcome-${outcome}`))] : [];
  const verdicts = new Map(
    answer.parts
      .filter((part) => part.verdict && !outcome)
      .map((part) => [part.answer.split("\n")[0], part.verdict]),
  );
  let list = null;
  for (const [at, line] of lines(answer).entries()) {
    if (line.startsWith("- ")) {
      if (!list) {
        list = element("ul");
        found.push(list);
      }
      list.append(element("li", {}, ...linked(line.slice(2), answer, setting)));
      continue;
    }
    list = null;
    const verdict = verdicts.get(line);
    if (verdict) {
      found.push(element("p", { class: "kb-part" }, setting.badge(`outcome-${verdict}`)));
    }
    const told = verdict || (outcome && at === 0) ? line.replace(SAID, "") : line;
    const attributes = at === 0 || verdict ? { class: "kb-first" } : {};
    found.push(element("p", attributes, ...linked(told, answer, setting)));
  }
  return found;
}

function lines(answer) {
  const [first, ...rest] = answer.answer.split("\n");
  const [question, names] = first.split("? ");
  const choosable = answer.status === "clarify" && names;
  return [choosable && listsAll(names, answer) ? `${question}?` : first, ...rest];
}

/** Whether a text names all that can be chosen by a button anyway. */
function listsAll(names, answer) {
  return answer.candidates.every((one) => names.includes(one.title));
}

/** A line in which the sentence of a requirement is a link to where it stands. */
function linked(line, answer, setting) {
  for (const one of answer.requirements) {
    const small = one.text.charAt(0).toLowerCase() + one.text.slice(1);
    const at = Math.max(line.indexOf(one.text), line.indexOf(small));
    if (at >= 0) {
      const end = at + one.text.length;
      const href = setting.address(one.url);
      const link = element("a", { href, class: "kb-to" }, ...coded(line.slice(at, end)));
      return [...coded(line.slice(0, at)), link, ...coded(line.slice(end))];
    }
  }
  return coded(line);
}

/** What stands between backticks is code. */
function coded(text) {
  return text
    .split(/`([^`]+)`/)
    .map((part, at) => (at % 2 ? element("code", {}, part) : part))
    .filter((part) => part !== "");
}

/** What could be meant, to be chosen, or what is nearest, to be read. */
function choices(answer, setting) {
  if (answer.candidates.length === 0) {
    return [];
  }
  if (answer.status === "clarify") {
    const buttons = answer.candidates.map((one) =>
      choice(one.title, () => setting.ask(`${answer.question} (${one.title})`)),
    );
    const group = { class: "kb-pills", role: "group", "aria-label": "Which one do you mean?" };
    return [element("div", group, ...buttons)];
  }
  const links = answer.candidates.map((one) =>
    element("li", {}, element("a", { href: setting.address(one.url) }, one.title)),
  );
  return [element("ul", {}, ...links)];
}

function choice(label, chosen) {
  return element("button", { type: "button", class: "kb-pill", onclick: chosen }, label);
}

/** How the question was read, so that a misreading is seen at once. */
function understood(answer) {
  const read = answer.understood;
  const title = (id) => answer.titles?.[id] ?? id.replaceAll("-", " ");
  const names = [...read.components, ...read.resources, read.topology].filter(Boolean).map(title);
  const states = { stated: "with", denied: "without" };
  const conditions = read.conditions
    .filter((one) => one.state in states)
    .map((one) => `${states[one.state]} ${title(one.id)}`);
  const rest = [
    ...(read.version ? [`version ${read.version}`] : []),
    ...(read.nodes === null ? [] : [`${read.nodes} nodes`]),
    ...read.corrections.map((one) => `“${one.wrote}” read as “${one.read}”`),
  ];
  const all = [...new Set([...names, ...conditions, ...rest])];
  const isEmpty = answer.status === "not_covered" && answer.candidates.length === 0;
  if (all.length === 0 && !isEmpty && !answer.truncated) {
    return null;
  }
  return element(
    "p",
    { class: "kb-understood kb-quiet" },
    element("strong", {}, "Understood:"),
    ` ${all.join(", ") || (isEmpty ? "nothing that these pages name" : "only a part")}.`,
    answer.truncated && " The question or the answer was too long and has been cut.",
  );
}

/** What the question leaves open and would make the answer shorter. */
function narrowing(answer, setting) {
  const open = answer.understood.conditions.filter((one) => one.state === "open");
  if (answer.status !== "answered" || open.length === 0) {
    return [];
  }
  const rows = open.map((one) => {
    const title = answer.titles?.[one.id] ?? one.id.replaceAll("-", " ");
    const ask = (word) => choice(word, () => setting.ask(`${answer.question} (${word} ${title})`));
    const name = { class: "kb-pills", role: "group", "aria-label": title };
    return element("div", name, element("span", {}, title), ask("with"), ask("without"));
  });
  return [
    element(
      "div",
      { class: "kb-narrowing" },
      element("p", { class: "kb-quiet" }, "Shorter, if you say which it is:"),
      ...rows,
    ),
  ];
}

/** The requirements that decide, and where all that is said stands. */
function evidence(answer, setting) {
  const found = [];
  if (answer.requirements.length > 0) {
    const items = answer.requirements.map((one) => requirement(one, answer, setting));
    found.push(
      element("h2", {}, "What it rests on"),
      element("ul", { class: "kb-references" }, ...items),
    );
  }
  const sources = cited(answer, setting);
  if (sources.length > 0) {
    found.push(element("h2", {}, "Where it stands"), element("ol", { class: "kb-sources" }, ...sources));
  }
  return found;
}

function requirement(one, answer, setting) {
  const title = (id) => answer.titles?.[id] ?? id.replaceAll("-", " ");
  const notes = [
    ...one.when.map((id) => `only if ${title(id)}`),
    ...one.unless.map((id) => `not if ${title(id)}`),
  ];
  const link = element("a", { href: setting.address(one.url), class: "kb-to" }, ...coded(one.text));
  const holder = answer.components.length > 1 ? `${title(one.component)}: ` : "";
  const note = notes.length ? element("span", { class: "kb-aside" }, ` (${notes.join("; ")})`) : null;
  return element("li", {}, setting.badge(one.level), " ", element("span", {}, holder, link, note));
}

/** Each source once, with the pages of these that cite it. */
function cited(answer, setting) {
  const places = new Map();
  for (const one of answer.citations) {
    const { title, locator, url } = one.source ?? { title: one.passage ? "A passage of these pages" : "These pages" };
    const key = JSON.stringify([title, locator, url]);
    const listed = places.get(key) ?? { title, locator, url, links: new Map() };
    if (!listed.links.has(one.path)) {
      listed.links.set(one.path, one); // the first place on a page; the requirements are linked above
    }
    places.set(key, listed);
  }
  return [...places.values()].map((one) =>
    element(
      "li",
      {},
      one.url ? element("a", { href: one.url, rel: "noopener" }, one.title) : one.title,
      one.locator && `, ${one.locator}`,
      element("span", { class: "kb-aside" }, " · ", ...between([...one.links.values()], answer, setting)),
    ),
  );
}

function between(citations, answer, setting) {
  return citations.flatMap((one, at) => [
    at > 0 && ", ",
    element("a", { href: setting.address(one.url) }, place(one, answer)),
  ]);
}

/** A page by its title. */
function place(citation, answer) {
  const parts = citation.path.replace(/(\/index)?\.md$/, "").split("/");
  const id = parts[parts.length - 1];
  const words = id.replaceAll("-", " ");
  return answer.titles?.[id] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
