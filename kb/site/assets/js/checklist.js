/**
 * The requirements of a page as a checklist: ticks that stay, filters, copying.
 *
 * What one does can be ticked; what one refrains from, or what happens by itself, is to be known.
 */

import { chosenInWords, concluded, hiddenInWords, reason } from "./checklist-filter.js";
import { addressOf, asMarkdown, asText, copied } from "./copy.js";
import { button, element } from "./elements.js";
import { Ticks } from "./ticks.js";

const DONE_BY_READERS = new Set(["must", "should"]);
const STATES = [["", "not decided"], ["with", "yes"], ["without", "no"]];

/** Set up the checklists of a page. */
export function setUp(places) {
  places.filter((one) => one.querySelector(".kb-no-script")).forEach((one) => {
    new Checklist(one).open();
  });
}

class Checklist {
  constructor(place) {
    this.place = place;
    this.ticks = new Ticks(place.dataset.kbChecklist);
    this.topologies = JSON.parse(place.dataset.topologies);
    this.conditions = JSON.parse(place.dataset.conditions);
    this.titles = new Map([...this.topologies, ...this.conditions.map((one) => [one.id, one.title])]);
    this.items = [...document.querySelectorAll(".kb-checklist > .kb-requirement")];
    this.boxes = new Map();
    this.onNodes = new Map();
    this.selects = new Map();
    this.progress = element("p", { class: "kb-progress", role: "status" });
    this.bar = element("progress", { "aria-hidden": "true" });
    this.hidden = element("p", { class: "kb-hidden", role: "status" });
    this.chosen = element("p", { class: "kb-chosen" });
    this.told = element("span", { class: "kb-told", role: "status" });
    this.reset = button("Clear ticks", () => this.clear());
  }

  open() {
    this.items.forEach((one) => this.prepare(one));
    const tools = element("div", { class: "kb-tools" }, this.reset,
      button("Copy as Markdown", () => this.copy(this.markdown(), "The checklist is copied as Markdown.")),
      this.told);
    this.place.replaceChildren(...this.filters(),
      element("div", { class: "kb-progress-line" }, this.progress, this.bar, tools), this.chosen, this.hidden);
    this.read(new URLSearchParams(location.search));
    this.update();
    this.uncover();
    this.onHash = () => (this.place.isConnected ? this.uncover() : removeEventListener("hashchange", this.onHash));
    addEventListener("hashchange", this.onHash);
  }

  /** Give a requirement its box and its buttons. */
  prepare(item) {
    const line = item.querySelector(".kb-line");
    const sentence = item.querySelector(".kb-sentence").textContent.trim();
    if (DONE_BY_READERS.has(item.dataset.level)) {
      const box = element("input", { type: "checkbox", class: "kb-box", "aria-label": `Done: ${sentence}` });
      const nodes = element("p", { class: "kb-on-nodes" });
      box.addEventListener("change", () => {
        this.ticks.set(item.id, box.checked);
        this.update();
      });
      this.boxes.set(item, box);
      this.onNodes.set(item, nodes);
      line.prepend(box);
      line.after(nodes);
    } else {
      line.prepend(element("span", { class: "kb-no-box" }));
    }
    const about = { "aria-description": sentence };
    const tools = element("p", { class: "kb-tools", "data-search-exclude": true },
      button("Copy link", () => this.copy(addressOf(item), "The link is copied."), about),
      button("Copy as Markdown",
        () => this.copy(asMarkdown(item, this.boxes.get(item)?.checked), "The requirement is copied as Markdown."), about));
    const report = item.querySelector(".kb-report");
    if (report) {
      tools.append(report);
    }
    item.append(tools);
  }

  /** Return the filters: of topologies where they differ, and one for each condition. */
  filters() {
    const made = [];
    if (this.topologies.length > 0) {
      const all = [["", "all topologies"], ...this.topologies];
      made.push(this.select("topology", "Topology", all));
    }
    this.conditions.forEach((one) => made.push(this.select(one.id, one.title, STATES, one.summary)));
    if (made.length === 0) {
      return [];
    }
    return [element("fieldset", { class: "kb-choosing" },
      element("legend", {}, "What holds for you"), ...made)];
  }

  select(name, label, options, summary) {
    const id = `kb_filter_${name}`;
    const made = element("select", { id, "aria-description": summary || undefined },
      ...options.map(([value, text]) => element("option", { value }, text)));
    made.addEventListener("change", () => {
      this.remember();
      this.update();
    });
    this.selects.set(name, made);
    return element("div", { class: "kb-choosing-one" }, element("label", { for: id }, label), made);
  }

  /** Take over the filters that an address states. */
  read(query) {
    const set = (name, value) => {
      const found = this.selects.get(name);
      if (found && [...found.options].some((one) => one.value === value)) {
        found.value = value;
      }
    };
    set("topology", query.get("topology") ?? "");
    for (const [state] of STATES.slice(1)) {
      const names = (query.get(state) ?? "").split(",").filter((one) => one !== "topology");
      names.forEach((one) => set(one, state));
    }
  }

  /** Keep the filters in the address, so that it can be shared and reloaded. */
  remember() {
    const address = new URL(location.href);
    const put = (key, value) => (value ? address.searchParams.set(key, value) : address.searchParams.delete(key));
    put("topology", this.selects.get("topology")?.value);
    for (const [state] of STATES.slice(1)) {
      const names = this.conditions.filter((one) => this.selects.get(one.id).value === state);
      put(state, names.map((one) => one.id).join(","));
    }
    history.replaceState(history.state, "", address.href.replaceAll("%2C", ","));
  }

  /** Show what holds, say what is hidden, count what is done. */
  update() {
    const stated = this.conditions
      .map((one) => [one.id, this.selects.get(one.id).value])
      .filter(([, state]) => state);
    const holds = concluded(this.conditions, new Map(stated.map(([id, state]) => [id, state === "with"])));
    const topology = this.selects.get("topology")?.value ?? "";
    const reasons = [];
    for (const item of this.items) {
      const why = reason(valuesOf(item), { topology, holds, titles: this.titles });
      item.hidden = why !== undefined;
      if (why) {
        reasons.push(why);
      }
    }
    this.hideEmpty(topology);
    this.tellHidden(reasons);
    this.count();
  }

  /** Hide headings without requirements, and drawings of other topologies. */
  hideEmpty(topology) {
    for (const list of new Set(this.items.map((one) => one.parentElement))) {
      const isEmpty = [...list.children].every((one) => one.hidden);
      list.hidden = isEmpty;
      const heading = list.previousElementSibling;
      if (heading?.matches("h3")) {
        heading.hidden = isEmpty;
      }
    }
    for (const drawing of document.querySelectorAll(".kb-drawing[data-topologies]")) {
      drawing.hidden = Boolean(topology) && !namesIn(drawing.dataset.topologies).includes(topology);
    }
  }

  tellHidden(reasons) {
    const all = button("Show all", () => {
      this.showAll();
      this.selects.values().next().value.focus();
    });
    const line = hiddenInWords(reasons);
    const chosen = [...this.selects.values()].filter((one) => one.value);
    this.chosen.textContent = chosenInWords(
      chosen.map((one) => [one.labels[0].textContent, one.selectedOptions[0].textContent]));
    this.filtered = [this.chosen.textContent, line].filter(Boolean).join(" ");
    this.hidden.replaceChildren(...(line ? [`${line} `, all] : []));
  }

  showAll() {
    this.selects.forEach((one) => {
      one.value = "";
    });
    this.remember();
    this.update();
  }

  /** A requirement that the address names is shown, whatever is filtered. */
  uncover() {
    const wanted = this.items.find((one) => one.id === decodeURIComponent(location.hash.slice(1)));
    if (wanted?.hidden) {
      this.showAll();
      wanted.scrollIntoView();
    }
  }

  count() {
    this.boxes.forEach((box, item) => this.mark(item, box));
    const shown = [...this.boxes].filter(([item]) => !item.hidden);
    const done = shown.filter(([, box]) => box.checked).length;
    this.progress.textContent = shown.length ? `${done} of ${shown.length} done` : "Nothing to do";
    this.bar.hidden = shown.length === 0;
    this.bar.max = Math.max(shown.length, 1);
    this.bar.value = done;
    this.reset.hidden = ![...this.boxes.values()].some((box) => box.checked || box.indeterminate);
  }

  /** Show what is kept of a requirement; in the planner it may be ticked on some nodes only. */
  mark(item, box) {
    const nodes = this.ticks.nodes(item.id);
    box.checked = this.ticks.has(item.id);
    box.indeterminate = nodes.length > 0;
    this.onNodes.get(item).textContent = nodes.length ? `Ticked in the planner on ${nodes.join(", ")}.` : "";
    this.onNodes.get(item).hidden = nodes.length === 0;
    item.classList.toggle("kb-ticked", box.checked);
  }

  clear() {
    this.boxes.forEach((_, item) => this.ticks.set(item.id, false));
    this.update();
    this.boxes.values().next().value.focus();
  }

  markdown() {
    const shown = this.items.filter((one) => !one.hidden);
    const lines = shown.map((one) => asMarkdown(one, this.boxes.get(one)?.checked));
    const filtered = this.filtered ? [asText(this.filtered), ""] : [];
    const cited = new Set([...document.querySelectorAll(".kb-cited")].map((one) => asText(one.textContent)));
    return [`# ${this.place.dataset.title}`, "", ...filtered, ...lines, ...[...cited].flatMap((one) => ["", one]), ""].join("\n");
  }

  async copy(text, done) {
    this.told.textContent = (await copied(text)) ? done : "The browser did not allow copying.";
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.told.replaceChildren(), 4000);
  }
}

function valuesOf(item) {
  const { topologies, when, unless } = item.dataset;
  return { topologies: namesIn(topologies), when: namesIn(when), unless: namesIn(unless) };
}

function namesIn(value) {
  return (value ?? "").split(" ").filter(Boolean);
}
