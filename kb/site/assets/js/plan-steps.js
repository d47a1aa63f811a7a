/**
 * Steps and remarks as a reader is given them: for whom, when, how, and how it is checked.
 *
 * The same as `kb/plan/telling.py`.
 */

/** What a plan forbids. */
export const RULES = new Set(["must-not", "should-not"]);
const NOT_SAID = { text: "", steps: [] };

/** Tells the items of one plan, in their order. */
export class Teller {
  /**
   * @param {object} scope
   * @param {Map<string, number>} numbers id of a step -> its number
   */
  constructor(scope, numbers) {
    this.scope = scope;
    this.numbers = numbers;
    /** Id of a procedure -> the number of the step that tells it. */
    this.explained = new Map();
  }

  step(one, remarks) {
    const { scope } = this;
    const number = this.numbers.get(one.id);
    const nodes = one.is_per_node ? scope.chosen.nodes : [];
    const components = scope.named(one.components);
    const circumstances = scope.circumstances(one);
    return {
      number,
      id: one.id,
      level: one.level,
      text: one.text,
      components,
      whose: this.whose(components),
      ticks: nodes.length
        ? nodes.map((node) => ({ id: `${one.id}@${node}`, node }))
        : [{ id: one.id, node: "" }],
      notes: [...circumstances, ...this.firsts(one)],
      why: one.why ?? "",
      how: this.how(one, number),
      check: one.check ?? null,
      remarks: remarks.map((remark) => this.remark(remark, circumstances)),
      sources: one.sources ?? [],
    };
  }

  /** Return what holds and is no step; what has been said of its circumstances is left out. */
  remark(one, said = []) {
    const own = this.scope.circumstances(one);
    const isWider = RULES.has(one.level) && said.length > 0 && own.length === 0;
    const notes = own.filter((each) => !said.includes(each));
    return {
      id: one.id,
      level: one.level,
      label: this.scope.texts.labels[one.level],
      text: one.text,
      components: this.scope.named(one.components),
      notes: isWider ? [this.scope.say("always")] : notes,
      why: one.why ?? "",
      how: one.level === "may" ? this.how(one, 0) : NOT_SAID,
      check: one.check ?? null,
      sources: one.sources ?? [],
    };
  }

  /** Return the step in which the outcome of others is looked at. */
  check(one, number, used) {
    const id = `check:${one.id}`;
    const numbers = used.map((each) => this.numbers.get(each.id)).filter((each) => each);
    const proved = [...new Set(numbers)].sort((first, second) => first - second);
    const told = used.map((each) => this.scope.circumstances(each));
    const shared = told[0].filter((each) => told.every((others) => others.includes(each)));
    return {
      number,
      id,
      level: "must",
      text: this.scope.say("check-of", one.title),
      components: [],
      whose: "",
      ticks: [{ id, node: "" }],
      notes: proved.length ? [...shared, this.numbered("shows", proved)] : shared,
      why: "",
      how: NOT_SAID,
      check: one.check,
      remarks: [],
      sources: [],
    };
  }

  /** Return what comes before a step: steps of the plan by number, others in words. */
  firsts(one) {
    const { scope } = this;
    const after = one.after ?? [];
    const numbers = after.filter((name) => this.numbers.has(name))
      .map((name) => this.numbers.get(name))
      .sort((first, second) => first - second);
    const found = numbers.length ? [this.numbered("after", numbers)] : [];
    for (const name of after) {
      const first = scope.items.get(name);
      if (!first || this.numbers.has(name) || !scope.isHere(first) || scope.obstacle(first)) {
        continue;
      }
      const titles = (first.components ?? []).map((each) => scope.parts.get(each).title).join(", ");
      found.push(titles
        ? scope.say("first-of", titles, first.text)
        : scope.say("first", first.text));
    }
    return found;
  }

  how(one, number) {
    const { scope } = this;
    if (one.steps) {
      return { text: scope.say("how"), steps: one.steps };
    }
    const method = scope.methods.get(one.method);
    if (!method) {
      return NOT_SAID;
    }
    if (this.explained.has(method.id)) {
      return { text: scope.say("how-again", this.explained.get(method.id)), steps: [] };
    }
    if (number) {
      this.explained.set(method.id, number);
    }
    if (method.steps) {
      return { text: scope.say("how-named", method.title), steps: method.steps };
    }
    const text = method.publisher
      ? scope.say("how-elsewhere", method.title, method.publisher)
      : scope.say("how-somewhere", method.title);
    return { text, steps: [] };
  }

  whose(components) {
    const titles = components.map((one) => one.title).join(", ");
    return components.length > 1 ? this.scope.say("for-each", titles) : titles;
  }

  numbered(name, numbers) {
    return this.scope.say(`${name}${numbers.length > 1 ? "s" : ""}`, numbers.join(", "));
  }
}
