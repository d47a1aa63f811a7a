/**
 * From the master plan to the plan for one selection: only leaves out, counts and groups.
 *
 * The same as `kb/plan/filtering.py`, on the same values; a test compares the two word for word.
 */

import { fill, PlanProblem, settled } from "./plan-states.js";
import { RULES, Teller } from "./plan-steps.js";

const STEPS = new Set(["must", "should"]);
const REMARKS = ["must-not", "should-not", "automatic", "need-not", "may"];

/**
 * What a plan is wanted for, by ids; no components: all.
 * @typedef {{topology: string, version: string, components: string[], need: string[],
 *            no: string[], nodes: string[]}} Chosen
 */

/**
 * Return the plan for a selection. Throws PlanProblem where it cannot be.
 * @param {object} master one of the master plans of planner.json
 * @param {Chosen} chosen
 * @param {object} texts planner.json's words, labels and places
 */
export function planOf(master, chosen, texts) {
  const scope = new Scope(master, chosen, texts);
  const here = master.items.filter((one) => scope.isHere(one) && scope.isPlanned(one));
  const active = inForce(scope, here.filter((one) => !scope.obstacle(one)));
  const steps = active.filter((one) => STEPS.has(one.level));
  checkNumberOfNodes(scope, steps);
  const teller = new Teller(scope, new Map(steps.map((one, at) => [one.id, at + 1])));
  const beside = besideSteps(active, teller.numbers);
  const loose = beside.get("") ?? [];
  const sections = [...sectionsOf(teller, steps, beside), ...checksOf(teller, active, beside)];
  const topology = (master.topologies ?? []).find((one) => one.id === chosen.topology);
  const said = [...scope.wanted.values()];
  return {
    title: topology
      ? scope.say("plan-in", master.title, topology.title)
      : scope.say("plan", master.title),
    product: { id: master.product, title: master.title },
    topology: topology ? { id: topology.id, title: topology.title } : null,
    version: chosen.version,
    components: said.map(({ id, title }) => ({ id, title })),
    are_all: scope.wanted.size === scope.parts.size,
    nodes: chosen.nodes,
    conditions: answered(scope, here),
    open_topologies: openTopologies(scope, active),
    questions: questionsOf(scope, active, teller.numbers),
    rules: loose.filter((one) => RULES.has(one.level)).map((one) => teller.remark(one)),
    sections,
    skipped: skippedOf(scope, here),
    nothing: nothingOf(scope, here, steps),
    others: loose.filter((one) => !RULES.has(one.level)).map((one) => teller.remark(one)),
    sources: [...new Set(active.flatMap((one) => one.sources ?? []))],
  };
}

/** A master plan with a selection: what it reaches, and on what the rest depends. */
class Scope {
  constructor(master, chosen, texts) {
    this.master = master;
    this.chosen = chosen;
    this.texts = texts;
    this.states = settled(master, chosen, texts.words);
    this.terms = byId(master.conditions);
    this.methods = byId(master.methods);
    this.items = byId(master.items);
    this.parts = byId(master.components);
    const names = new Set(chosen.components.length ? chosen.components : this.parts.keys());
    this.wanted = new Map([...this.parts].filter(([name]) => names.has(name)));
    this.planned = new Map([...this.wanted].filter(([, one]) => this.has(one.versions)));
  }

  say(name, ...values) {
    return fill(this.texts.words, name, ...values);
  }

  has(versions) {
    return !this.chosen.version || !versions || versions.includes(this.chosen.version);
  }

  isHere(one) {
    const topology = this.chosen.topology;
    return (!topology || !one.topologies || one.topologies.includes(topology))
      && this.has(one.versions);
  }

  isPlanned(one) {
    return !one.components || one.components.some((name) => this.planned.has(name));
  }

  obstacle(one) {
    for (const name of one.when ?? []) {
      if (this.states.get(name) === false) {
        return this.say("not-the-case", this.terms.get(name).title);
      }
    }
    for (const name of one.unless ?? []) {
      if (this.states.get(name) === true) {
        return this.say("the-case", this.terms.get(name).title);
      }
    }
    return "";
  }

  circumstances(one) {
    const found = [];
    if (!this.chosen.topology && one.topologies) {
      const named = this.master.topologies.filter((each) => one.topologies.includes(each.id));
      found.push(this.say("in", named.map((each) => each.title).join(", ")));
    }
    if (!this.chosen.version && one.span) {
      found.push(this.say("versions", one.span));
    }
    for (const [phrase, names] of [["if", one.when], ["unless", one.unless]]) {
      for (const name of names ?? []) {
        if (this.states.get(name) === null) {
          found.push(this.say(phrase, this.terms.get(name).title));
        }
      }
    }
    return found;
  }

  named(names) {
    return (names ?? [])
      .filter((name) => this.planned.has(name))
      .map((name) => ({ id: name, title: this.planned.get(name).title }));
  }
}

function byId(listed) {
  return new Map((listed ?? []).map((one) => [one.id, one]));
}

/** Return items without the options that are duties here. */
function inForce(scope, active) {
  const firm = new Set(
    active
      .filter((one) => one.level === "must" && scope.circumstances(one).length === 0)
      .map((one) => one.id),
  );
  return active.filter((one) => !(one.covered ?? []).some((name) => firm.has(name)));
}

function checkNumberOfNodes(scope, steps) {
  const number = scope.chosen.nodes.length;
  const fits = {
    "at-least": (amount) => number >= amount,
    "at-most": (amount) => number <= amount,
    exactly: (amount) => number === amount,
  };
  for (const one of steps) {
    const isWrong = number > 0 && one.bound && !fits[one.bound](one.amount ?? 0);
    if (isWrong && scope.circumstances(one).length === 0) {
      throw new PlanProblem(scope.say("number-of-nodes", one.text, number));
    }
  }
}

/** Return step -> its remarks, prohibitions first; those that belong to no step have "". */
function besideSteps(active, numbers) {
  const found = new Map();
  for (const level of REMARKS) {
    for (const one of active) {
      if (one.level === level) {
        const step = (one.beside ?? []).find((name) => numbers.has(name)) ?? "";
        found.set(step, [...(found.get(step) ?? []), one]);
      }
    }
  }
  return found;
}

function answered(scope, here) {
  const named = new Set(here.flatMap((one) => [...(one.when ?? []), ...(one.unless ?? [])]));
  return scope.master.conditions
    .filter((one) => named.has(one.id))
    .map(({ id, title }) => {
      const state = scope.states.get(id);
      return { id, title, state: state === null ? "open" : state ? "yes" : "no" };
    });
}

function openTopologies(scope, active) {
  const isOpen = !scope.chosen.topology && active.some((one) => one.topologies);
  return isOpen ? scope.master.topologies.map(({ id, title }) => ({ id, title })) : [];
}

function questionsOf(scope, active, numbers) {
  const found = [];
  for (const one of scope.master.conditions) {
    if (scope.states.get(one.id) === null && one.decides) {
      const yes = active.filter((item) => (item.when ?? []).includes(one.id));
      const no = active.filter((item) => (item.unless ?? []).includes(one.id));
      if (yes.length || no.length) {
        found.push({
          id: one.id,
          title: one.heading,
          text: one.summary ?? "",
          yes: branches(yes, numbers),
          no: branches(no, numbers),
        });
      }
    }
  }
  return found;
}

function branches(items, numbers) {
  return items
    .filter((one) => one.level !== "automatic")
    .map((one) => ({ id: one.id, text: one.text, number: numbers.get(one.id) ?? 0 }));
}

function sectionsOf(teller, steps, beside) {
  const runs = [];
  for (const one of steps) {
    if (runs.length === 0 || runs.at(-1)[0].place !== one.place) {
      runs.push([]);
    }
    runs.at(-1).push(one);
  }
  const seen = new Set();
  return runs.map((run) => {
    const place = run[0].place;
    const [title, note] = teller.scope.texts.places[place];
    const isAgain = seen.has(place);
    seen.add(place);
    return {
      place,
      title: isAgain ? teller.scope.say("continued", title) : title,
      note: isAgain ? "" : note,
      steps: run.map((one) => teller.step(one, beside.get(one.id) ?? [])),
    };
  });
}

/** Return the section of general checks, each once for all steps that it proves. */
function checksOf(teller, active, beside) {
  const ids = new Set(active.map((one) => one.id));
  const host = new Map();
  for (const [step, listed] of beside) {
    listed.forEach((one) => host.set(one.id, step));
  }
  const steps = [];
  for (const check of teller.scope.master.checks ?? []) {
    const used = check.items.filter((name) => ids.has(name))
      .map((name) => teller.scope.items.get(host.get(name) || name));
    if (used.length) {
      steps.push(teller.check(check, teller.numbers.size + steps.length + 1, used));
    }
  }
  const [title, note] = teller.scope.texts.places.check;
  return steps.length ? [{ place: "check", title, note, steps }] : [];
}

function skippedOf(scope, here) {
  return here
    .filter((one) => STEPS.has(one.level) && scope.obstacle(one))
    .map((one) => ({
      id: one.id,
      text: one.text,
      components: scope.named(one.components),
      why: scope.obstacle(one),
    }));
}

function nothingOf(scope, here, steps) {
  const leftOut = here.filter((one) => STEPS.has(one.level) && scope.obstacle(one));
  const busy = new Set([...steps, ...leftOut].flatMap((one) => one.components ?? []));
  const spokenOf = new Set(here.flatMap((one) => one.components ?? []));
  const found = [];
  for (const [id, part] of scope.wanted) {
    if (!scope.planned.has(id)) {
      found.push({ id, title: part.title, why: scope.say("no-version", scope.chosen.version) });
    } else if (part.asks_nothing) {
      found.push({ id, title: part.title, why: scope.say("asks-nothing") });
    } else if (!busy.has(id)) {
      const why = scope.say(spokenOf.has(id) ? "no-step" : "not-recorded");
      found.push({ id, title: part.title, why });
    }
  }
  return found;
}
