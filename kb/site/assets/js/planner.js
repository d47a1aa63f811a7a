/**
 * The planner page: choose, and get the ordered checklist at once.
 *
 * Everything it needs is one file of JSON beside the page; no service is asked.
 */

import { copied } from "./copy.js";
import { button, element } from "./elements.js";
import { planOf } from "./plan.js";
import { boxesOf } from "./plan-boxes.js";
import { Choices } from "./plan-choices.js";
import { asMarkdown } from "./plan-markdown.js";
import { PlanProblem } from "./plan-states.js";
import { viewOf } from "./plan-view.js";
import { Ticks } from "./ticks.js";

const BUTTON = { class: "kb-button" };

/** Set up the planners of a page. */
export function setUp(places) {
  places.filter((one) => one.querySelector(".kb-no-script")).forEach((one) => start(one));
}

async function start(place) {
  const address = new URL(place.dataset.kbPlanner, document.baseURI);
  place.replaceChildren(element("p", { class: "kb-quiet" }, "The plan is being loaded."));
  try {
    await new Planner(place, await json(address), address).open();
  } catch {
    fail(place);
  }
}

/** Return what a file of JSON holds. */
async function json(address) {
  const reply = await fetch(address);
  if (!reply.ok) {
    throw new Error(`status ${reply.status}`);
  }
  return reply.json();
}

function fail(place) {
  const line = "The plan could not be loaded. The full plans below do without.";
  place.replaceChildren(element("p", { class: "kb-quiet", role: "alert" }, line));
}

class Planner {
  constructor(place, texts, address) {
    this.place = place;
    this.texts = texts;
    this.address = address;
    this.plan = null;
    this.status = element("p", { role: "status", class: "kb-plan-status" });
    this.bar = element("progress", { "aria-label": "Steps that are done" });
    this.title = element("h2", { class: "kb-plan-title", tabindex: "-1" });
    this.result = element("div", { class: "kb-plan" });
    this.side = element("div", { class: "kb-planner-side" });
  }

  async open() {
    const query = new URLSearchParams(location.search);
    const wanted = this.texts.plans.find((one) => one.product === query.get("product"));
    const tools = element("div", { class: "kb-plan-tools" },
      button("Copy as Markdown", () => this.copy(this.markdown()), BUTTON),
      button("Copy link", () => this.copy(location.href), BUTTON),
      button("Print", () => print(), BUTTON),
      button("Clear ticks", () => this.clear(), BUTTON));
    this.tools = tools;
    const first = await this.load(wanted ?? this.texts.plans[0]);
    this.place.replaceChildren(this.side, element("div", { class: "kb-planner-main" },
      this.title, tools, element("div", { class: "kb-plan-progress" }, this.bar, this.status),
      this.result));
    this.choose(first, query);
  }

  /** Return the master plan of a product. */
  load(product) {
    return json(new URL(product.url, this.address));
  }

  /** Plan for one product. */
  choose(master, query) {
    this.master = master;
    this.items = new Map(master.items.map((one) => [one.id, one]));
    this.methods = new Map((master.methods ?? []).map((one) => [one.id, one]));
    this.documents = new Map((master.documents ?? []).map((one) => [one.text, one.url]));
    this.lists = new Map();
    this.choices = new Choices(master, () => this.update());
    this.choices.read(query);
    this.choices.build();
    this.side.replaceChildren(...[this.products(), this.choices.form].filter(Boolean));
    this.update();
  }

  products() {
    const { plans } = this.texts;
    if (plans.length < 2) {
      return undefined;
    }
    const select = element("select", { id: "kb-product" },
      ...plans.map((one) => element("option", { value: one.product }, one.title)));
    select.value = this.master.product;
    select.addEventListener("change", async () => {
      try {
        const wanted = plans.find((one) => one.product === select.value);
        this.choose(await this.load(wanted), new URLSearchParams());
        this.side.querySelector("select").focus();
      } catch {
        fail(this.place);
      }
    });
    return element("div", { class: "kb-choice" },
      element("label", { for: "kb-product", class: "kb-legend-like" }, "Product"), select);
  }

  /** Plan anew for what is chosen now. */
  update() {
    const chosen = this.choices.chosen();
    this.remember();
    this.plan = null;
    let problem = chosen ? "" : "Choose at least one component.";
    try {
      this.plan = chosen && planOf(this.master, chosen, this.texts);
    } catch (error) {
      if (!(error instanceof PlanProblem)) {
        throw error;
      }
      problem = error.message;
    }
    this.choices.show(this.plan && new Set(this.plan.conditions.map((one) => one.id)), this.texts.words);
    this.title.textContent = this.plan?.title ?? this.master.title;
    this.tools.hidden = this.bar.hidden = this.plan === null;
    if (this.plan) {
      this.result.replaceChildren(...viewOf(this.plan, this.texts.words, {
        addressOf: (id) => this.addressOf(id),
        methodOf: (id) => this.methodOf(id),
        documentOf: (text) => this.documentOf(text),
        copy: (text) => this.copy(text),
        isTicked: (box) => this.isTicked(box),
        tick: (box, isTicked) => this.tick(box, isTicked),
        answer: (id, value) => this.answer(() => this.choices.said.decide(id, value)),
        choose: (topology) => this.answer(() => this.choices.chooseTopology(topology)),
      }));
    } else {
      this.result.replaceChildren(element("p", { class: "kb-note kb-note-error" }, problem));
    }
    this.count();
  }

  /** Take an answer that was given in the plan, and go on at what is asked next. */
  answer(take) {
    take();
    this.update();
    (this.result.querySelector(".kb-answers button") ?? this.title).focus();
  }

  /** Keep what is chosen in the address, so that it can be shared and reloaded. */
  remember() {
    const query = this.choices.query();
    if (this.texts.plans.length > 1) {
      query.set("product", this.master.product);
    }
    const text = query.toString().replaceAll("%2C", ",");
    history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
  }

  addressOf(id) {
    const url = this.items.get(id)?.url
      ?? (this.master.checks ?? []).find((one) => `check:${one.id}` === id)?.url;
    return url === undefined ? undefined : new URL(url, this.address).href;
  }

  /** Return the procedure of a step, where it has a page. */
  methodOf(id) {
    const found = this.methods.get(this.items.get(id)?.method);
    return found?.url && { title: found.title, href: new URL(found.url, this.address).href };
  }

  /** Return the address of the page about a source. */
  documentOf(text) {
    const url = this.documents.get(text);
    return url && new URL(url, this.address).href;
  }

  markdown() {
    return asMarkdown(this.plan, this.texts.words, (box) => this.isTicked(box), location.href);
  }

  /** Return what is ticked of a component, or of the product. */
  ticks(list) {
    if (!this.lists.has(list)) {
      this.lists.set(list, new Ticks(list));
    }
    return this.lists.get(list);
  }

  /** Whether a box is ticked; what was ticked as a whole is so on each node. */
  isTicked(box) {
    return this.ticks(box.list).has(box.name, box.node);
  }

  tick(box, isTicked) {
    const ticks = this.ticks(box.list);
    if (box.node) {
      // From here on each node has its own.
      const nodes = this.plan.nodes.map((one) => [one, ticks.has(box.name, one)]);
      ticks.setOnNodes(box.name, [...nodes, [box.node, isTicked]]);
    } else {
      ticks.set(box.name, isTicked);
    }
    this.count();
  }

  clear() {
    const boxes = this.steps().flatMap((one) => boxesOf(one, this.plan.product.id));
    boxes.forEach((one) => this.ticks(one.list).set(one.name, false));
    this.boxes().forEach((one) => {
      one.checked = false;
    });
    this.count();
  }

  boxes(place = this.result) {
    return [...place.querySelectorAll(".kb-tick")];
  }

  steps() {
    return this.plan?.sections.flatMap((one) => one.steps) ?? [];
  }

  /** Say how many steps are done, and where a step has several boxes, how many are ticked. */
  count() {
    const boxes = this.boxes();
    const ticked = boxes.filter((one) => one.checked).length;
    const steps = [...this.result.querySelectorAll(".kb-step")];
    for (const step of steps) {
      step.classList.toggle("kb-done", this.boxes(step).every((one) => one.checked));
    }
    const done = steps.filter((one) => one.classList.contains("kb-done")).length;
    const said = `${done} of ${steps.length} ${steps.length === 1 ? "step" : "steps"} done`;
    const more = boxes.length > steps.length ? ` (${ticked} of ${boxes.length} boxes)` : "";
    this.bar.max = Math.max(boxes.length, 1);
    this.bar.value = ticked;
    this.status.textContent = this.plan ? said + more : "";
  }

  async copy(text) {
    const isCopied = await copied(text);
    this.status.textContent = isCopied ? "Copied." : "The browser does not allow copying.";
  }
}
