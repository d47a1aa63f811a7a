/**
 * What the reader chooses: as a form, and as the query of the page's address.
 */

import { element } from "./elements.js";
import { settled } from "./plan-states.js";

const ANSWERS = [["yes", "Yes"], ["no", "No"], ["open", "Not decided"]];
/** Components from which on a box to look for one is offered. */
const MANY = 12;
/** Milliseconds without a letter after which a name of a node counts as written. */
const PAUSE = 150;
const MOST_NODES = 64;
const LONGEST_NODE = 63;

/** What has been said: id of a condition -> whether it is the case. */
export class Said {
  constructor(master) {
    this.terms = new Map(master.conditions.map((one) => [one.id, one]));
    this.stated = new Map();
  }

  /** Say of a condition that it is the case, is not, or (null) is not decided. */
  decide(name, value) {
    const term = this.terms.get(name);
    const lineage = [name, ...(term.ancestors ?? [])];
    for (const broader of term.ancestors ?? []) {
      if (this.stated.has(broader)) {
        const before = this.stated.get(broader);
        this.stated.delete(broader);
        for (const other of this.terms.get(broader).descendants) {
          if (this.terms.has(other) && !lineage.includes(other) && !this.stated.has(other)) {
            this.stated.set(other, before);
          }
        }
      }
    }
    (term.descendants ?? []).forEach((narrower) => this.stated.delete(narrower));
    if (value === null) {
      this.stated.delete(name);
      return;
    }
    this.stated.set(name, value);
    if (value) {
      for (const other of lineage.flatMap((one) => this.terms.get(one)?.excludes ?? [])) {
        for (const one of [other, ...(this.terms.get(other)?.descendants ?? [])]) {
          if (this.stated.get(one) === true) {
            this.stated.delete(one);
          }
        }
      }
    }
  }

  /** Return the conditions of which this has been said, but for those that nodes decide. */
  all(value, nodes) {
    return [...this.stated]
      .filter(([name, holds]) => holds === value && !(nodes.length && this.terms.get(name).sign))
      .map(([name]) => name);
  }
}

/** The form of one product. `onChange` is called after each change. */
export class Choices {
  constructor(master, onChange) {
    this.master = master;
    this.said = new Said(master);
    this.onChange = onChange;
    this.topology = "";
    this.version = "";
    this.components = new Set(master.components.map((one) => one.id));
    this.nodes = "";
    this.form = element("form", { class: "kb-choices", "aria-label": "What the plan is for" });
    this.form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Take over what an address says; what is not known is passed over. */
  read(query) {
    const listed = (name) => (query.get(name) ?? "").split(",").filter(Boolean);
    const known = (things, name) => ((things ?? []).some((one) => one.id === name) ? name : "");
    this.topology = known(this.master.topologies, query.get("topology"));
    const version = query.get("version") ?? "";
    this.version = (this.master.versions ?? []).includes(version) ? version : "";
    const named = listed("components").filter((one) => known(this.master.components, one));
    if (named.length) {
      this.components = new Set(named);
    }
    this.nodes = listed("nodes").join(", ");
    for (const [name, value] of [["need", true], ["no", false]]) {
      listed(name).filter((one) => this.said.terms.has(one))
        .forEach((one) => this.said.stated.set(one, value));
    }
  }

  /** Return what has been chosen; null where no component is. */
  chosen() {
    if (this.components.size === 0) {
      return null;
    }
    const nodes = nodesIn(this.nodes);
    const isAll = this.components.size === this.master.components.length;
    return {
      topology: this.topology,
      version: this.version,
      components: isAll ? [] : [...this.components],
      need: this.said.all(true, nodes),
      no: this.said.all(false, nodes),
      nodes,
    };
  }

  /** Return the query that `read` takes. */
  query() {
    const chosen = this.chosen();
    const found = new URLSearchParams();
    for (const name of ["topology", "version", "components", "need", "no", "nodes"]) {
      const value = String(chosen?.[name] ?? "");
      if (value) {
        found.set(name, value);
      }
    }
    return found;
  }

  /** Build the form from what is chosen. */
  build() {
    const { master } = this;
    const topologies = master.topologies ?? [];
    this.form.replaceChildren(...[
      topologies.length > 1
        ? this.radios("Topology", "", "topology", this.topology, [
          ...topologies.map((one) => [one.id, one.title]), ["", "Not decided"],
        ], (value) => { this.topology = value; })
        : undefined,
      this.nodeField(),
      this.componentList(),
      master.versions?.length ? this.versionList() : undefined,
      ...this.conditions(),
    ].filter(Boolean));
  }

  /** Show what is the case now; `relevant` are the conditions that matter to the plan. */
  show(relevant, words) {
    const chosen = this.chosen();
    let states = new Map();
    try {
      states = chosen ? settled(this.master, chosen, words) : states;
    } catch {
      return; // the message stands where the plan would
    }
    for (const group of this.form.querySelectorAll("[data-condition]")) {
      const name = group.dataset.condition;
      const term = this.said.terms.get(name);
      const answer = answerOf(this.said.terms, term, states);
      group.querySelectorAll("input").forEach((one) => { one.checked = one.value === answer; });
      group.disabled = Boolean(term.sign) && (chosen?.nodes.length ?? 0) > 0;
      const family = [name, ...(term.decides ? [] : term.descendants ?? [])];
      group.hidden = relevant !== null && !family.some((one) => relevant.has(one));
    }
  }

  /** Choose a topology from outside the form. */
  chooseTopology(name) {
    this.topology = name;
    this.form.querySelectorAll('input[name="topology"]').forEach((one) => {
      one.checked = one.value === name;
    });
  }

  radios(legend, hint, name, value, options, take) {
    const group = element("fieldset", { class: "kb-choice" },
      element("legend", {}, legend),
      hint ? element("p", { class: "kb-hint" }, hint) : undefined,
      element("div", { class: "kb-options" }, ...options.map(([key, label]) => {
        const input = element("input", { type: "radio", name, value: key });
        input.checked = key === value;
        return element("label", {}, input, element("span", {}, label));
      })));
    group.addEventListener("change", (event) => {
      take(event.target.value);
      this.onChange();
    });
    return group;
  }

  conditions() {
    const { terms } = this.said;
    const deciding = (one) => (one.descendants ?? []).filter((name) => terms.get(name)?.decides);
    return this.master.conditions
      .filter((one) => one.decides || deciding(one).length > 1)
      .map((one) => {
        const hint = deciding(one).length > 1 && !one.decides ? "Answers all of its kinds at once." : one.summary;
        const group = this.radios(one.heading, hint, `condition-${one.id}`, "open", ANSWERS, (value) => {
          this.said.decide(one.id, value === "open" ? null : value === "yes");
        });
        group.dataset.condition = one.id;
        const broader = (one.ancestors ?? []).map((name) => terms.get(name));
        if (broader.some((each) => each && deciding(each).length > 1)) {
          group.classList.add("kb-narrower");
        }
        return group;
      });
  }

  componentList() {
    const listed = this.master.components;
    const rows = listed.map((one) => {
      const input = element("input", { type: "checkbox", value: one.id });
      input.checked = this.components.has(one.id);
      return element("li", {}, element("label", {}, input, element("span", {}, one.title)));
    });
    const list = element("ul", { class: "kb-components" }, ...rows);
    const all = (wanted) => {
      list.querySelectorAll("input").forEach((one) => { one.checked = wanted; });
      this.takeComponents(list);
    };
    const button = (label, wanted) => {
      const made = element("button", { type: "button", class: "kb-button" }, label);
      made.addEventListener("click", () => all(wanted));
      return made;
    };
    list.addEventListener("change", () => this.takeComponents(list));
    const search = element("input", { type: "search", "aria-label": "Find a component", placeholder: "Find a component" });
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    });
    this.summary = element("summary", {}, this.counted());
    return element("details", { class: "kb-choice" },
      this.summary,
      element("div", { class: "kb-options" }, button("All", true), button("None", false)),
      listed.length > MANY ? search : undefined,
      list);
  }

  /** Say how many components are chosen. */
  counted() {
    const [chosen, all] = [this.components.size, this.master.components.length];
    return `Components: ${chosen === all ? `all ${all}` : `${chosen} of ${all}`}`;
  }

  takeComponents(list) {
    const checked = [...list.querySelectorAll("input:checked")];
    this.components = new Set(checked.map((one) => one.value));
    this.summary.textContent = this.counted();
    this.onChange();
  }

  nodeField() {
    const hint = "For instance NODE1, NODE2: steps for each node get a box for each.";
    const input = element("input", {
      type: "text", id: "kb-nodes", "aria-describedby": "kb-nodes-hint", autocomplete: "off",
      spellcheck: "false", value: this.nodes,
    });
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting); // a long plan is not made anew for each letter
      waiting = setTimeout(() => {
        this.nodes = input.value;
        this.onChange();
      }, PAUSE);
    });
    return element("div", { class: "kb-choice" },
      element("label", { for: "kb-nodes", class: "kb-legend-like" }, "Nodes"),
      input,
      element("p", { class: "kb-hint", id: "kb-nodes-hint" }, hint));
  }

  versionList() {
    const select = element("select", { id: "kb-version" },
      element("option", { value: "" }, "Not decided"),
      ...this.master.versions.map((one) => element("option", { value: one }, one)));
    select.value = this.version;
    select.addEventListener("change", () => {
      this.version = select.value;
      this.onChange();
    });
    return element("div", { class: "kb-choice" },
      element("label", { for: "kb-version", class: "kb-legend-like" }, "Version"), select);
  }
}

/** Return the answer to show; a condition that only stands for narrower ones has theirs, if one. */
function answerOf(terms, term, states) {
  const narrower = (term.descendants ?? []).filter((name) => terms.get(name)?.decides);
  const named = term.decides ? [term.id] : narrower;
  const answers = new Set(named.map((name) => states.get(name) ?? null));
  const [only] = answers;
  return answers.size > 1 ? "" : only === true ? "yes" : only === false ? "no" : "open";
}

/** Return the names of nodes in a text, each once, whatever its case. */
function nodesIn(text) {
  const found = new Map();
  for (const part of text.split(/[,;]/)) {
    const name = part.normalize("NFKC").trim().split(/\s+/).join(" ").slice(0, LONGEST_NODE);
    if (name && !found.has(name.toLowerCase())) {
      found.set(name.toLowerCase(), name);
    }
  }
  return [...found.values()].slice(0, MOST_NODES);
}
