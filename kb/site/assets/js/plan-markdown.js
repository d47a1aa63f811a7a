/**
 * A plan as Markdown: boxes to tick, for a ticket or a wiki.
 *
 * The same as `kb/plan/markdown.py`.
 */

import { boxesOf } from "./plan-boxes.js";
import { fill } from "./plan-states.js";

const INDENT = "    ";
/** What an answer adds is named up to so many steps and remarks, then counted. */
const MOST_NUMBERS = 12;
const MOST_QUOTED = 3;

/**
 * Return a plan as Markdown, with a line break at its end. Ticks and the address are what a browser
 * adds; without them the text is that of the core.
 * @param {object} plan
 * @param {Record<string, string>} words
 * @param {(box: import("./plan-boxes.js").Box) => boolean} [isTicked]
 * @param {string} [address] where the plan can be opened again
 */
export function asMarkdown(plan, words, isTicked = () => false, address = "") {
  const last = address ? ["", `<${address}>`] : [];
  return `${[...new Writer(plan, words, isTicked).lines(), ...last].join("\n")}\n`;
}

/** What the plan is for, in sentences. */
export function facts(plan, words) {
  const every = fill(words, "all", plan.components.length);
  const found = [fill(words, "components", plan.are_all ? every : titles(plan.components))];
  if (plan.version) {
    found.push(fill(words, "version", plan.version));
  }
  if (plan.nodes.length) {
    found.push(fill(words, "nodes", plan.nodes.join(", ")));
  }
  for (const state of ["yes", "no", "open"]) {
    const named = plan.conditions.filter((one) => one.state === state).map((one) => one.title);
    if (named.length) {
      found.push(fill(words, state, named.join(", ")));
    }
  }
  return plan.sections.length ? [...found, fill(words, "order")] : found;
}

/** What follows from either answer to a question, in sentences. */
export function branches(question, words) {
  const yes = question.yes.length
    ? fill(words, "adds", listed(question.yes, words))
    : fill(words, "adds-nothing");
  const no = question.no.length
    ? fill(words, "adds-otherwise", listed(question.no, words))
    : fill(words, "adds-nothing-otherwise");
  return [yes, no];
}

export function titles(named) {
  return named.map((one) => one.title).join(", ");
}

function listed(found, words) {
  const numbers = found.filter((one) => one.number).map((one) => one.number);
  const quoted = found.filter((one) => !one.number).map((one) => `“${one.text.replace(/\.$/, "")}”`);
  const shown = numbers.slice(0, MOST_NUMBERS).join(", ");
  const counted = [];
  if (numbers.length > MOST_NUMBERS) {
    counted.push(fill(words, "steps-more", shown, numbers.length - MOST_NUMBERS));
  } else if (numbers.length) {
    counted.push(fill(words, numbers.length > 1 ? "steps" : "step", shown));
  }
  const left = quoted.length - MOST_QUOTED;
  const more = left > 0 ? [fill(words, "more", left)] : [];
  return [...counted, ...quoted.slice(0, MOST_QUOTED), ...more].join("; ");
}

function escaped(text) {
  return text
    .split(/(`[^`]+`)/)
    .map((part, at) => (at % 2 ? part : part.replace(/[\\*_[\]<>&~`]/g, "\\$&")))
    .join("");
}

class Writer {
  constructor(plan, words, isTicked) {
    this.plan = plan;
    this.words = words;
    this.isTicked = isTicked;
  }

  say(name, ...values) {
    return fill(this.words, name, ...values);
  }

  lines() {
    const { plan } = this;
    const whole = (remarks) => remarks.flatMap((one) => this.remark(one, "", one.components));
    return [
      `# ${escaped(plan.title)}`,
      "",
      ...facts(plan, this.words).map((one) => `- ${escaped(one)}`),
      ...this.part(this.say("decide"), this.decisions()),
      ...this.part(this.say("rules"), whole(plan.rules)),
      ...plan.sections.flatMap((section) => this.part(section.title, [
        ...(section.note ? [escaped(section.note), ""] : []),
        ...section.steps.flatMap((one) => this.step(one)),
      ])),
      ...(plan.sections.length ? [] : ["", this.say("empty")]),
      ...this.part(this.say("skipped"), plan.skipped.map(
        (one) => `- ${escaped(withTitles(one.text, one.components))} ${escaped(one.why)}`,
      )),
      ...this.part(this.say("nothing"), plan.nothing.map(
        (one) => `- ${escaped(one.title)}: ${escaped(one.why)}`,
      )),
      ...this.part(this.say("others"), whole(plan.others)),
      ...this.part(this.say("sources"), plan.sources.map((one) => `- ${escaped(one)}`)),
    ];
  }

  part(title, lines) {
    return lines.length ? ["", `## ${escaped(title)}`, "", ...lines] : [];
  }

  decisions() {
    const { plan } = this;
    const found = [];
    if (plan.open_topologies.length) {
      const said = this.say("topologies", titles(plan.open_topologies));
      found.push(`- **${escaped(this.say("decide-topology"))}** ${escaped(said)}`);
    }
    for (const one of plan.questions) {
      const said = [...(one.text ? [one.text] : []), ...branches(one, this.words)].join(" ");
      found.push(`- **${escaped(one.title)}:** ${escaped(said)}`);
    }
    return found;
  }

  step(one) {
    const whose = one.whose ? ` ${escaped(one.whose)}` : "";
    const boxes = boxesOf(one, this.plan.product.id);
    const mark = (some) => (some.every((each) => this.isTicked(each)) ? "[x]" : "[ ]");
    return [
      `- ${mark(boxes)} **${one.number}. ${escaped(one.text)}**${whose} \`${one.id}\``,
      ...this.parted(one, boxes).map(([label, some]) => `${INDENT}- ${mark(some)} ${escaped(label)}`),
      ...one.notes.map((note) => `${INDENT}- ${escaped(note)}`),
      ...this.below(one, INDENT),
      ...one.remarks.flatMap((remark) => this.remark(remark, INDENT, [])),
    ];
  }

  /** Boxes below a step: of its nodes; of its components too where only some of them are done. */
  parted(one, boxes) {
    const done = boxes.filter((each) => this.isTicked(each)).length;
    if (one.components.length > 1 && done > 0 && done < boxes.length) {
      return boxes.map((each) => [each.label, [each]]);
    }
    return one.ticks.filter((tick) => tick.node)
      .map((tick) => [tick.node, boxes.filter((each) => each.node === tick.node)]);
  }

  remark(one, indent, components) {
    const notes = one.notes.map((note) => `(${note})`);
    const said = [withTitles(one.text, components), ...notes].join(" ");
    return [
      `${indent}- **${one.label}:** ${escaped(said)} \`${one.id}\``,
      ...this.below(one, indent + INDENT),
    ];
  }

  below(one, indent) {
    return [
      ...(one.why ? [`${indent}- ${escaped(this.say("why", one.why))}`] : []),
      ...(one.how.text ? [`${indent}- ${escaped(one.how.text)}`] : []),
      ...one.how.steps.map((step, at) => `${indent}${INDENT}${at + 1}. ${escaped(step)}`),
      ...(one.check ? [`${indent}- ${this.checked(one.check)}`] : []),
    ];
  }

  checked({ run, expect }) {
    return `${this.say("check")} ${code(run)} ${escaped(this.say("expect", expect))}`;
  }
}

/** Return a command as code in a line; the fence is longer than any in it. */
function code(command) {
  const text = command.trim().split(/\s+/).join(" ");
  const runs = (text.match(/`+/g) ?? []).map((one) => one.length);
  const longest = Math.max(0, ...runs);
  const fence = "`".repeat(longest + 1);
  const space = longest ? " " : "";
  return fence + space + text + space + fence;
}

function withTitles(text, components) {
  const said = titles(components);
  return said ? `${said}: ${text}` : text;
}
