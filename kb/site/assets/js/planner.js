/**
 * The planner page: choose, and get the ordered checklist at once.
 *
 * Everything it needs is one file of JSON beside the page; no service is asked.
 */

import { planOf } from "./plan.js";
import { Choices } from "./plan-choices.js";
import { asMarkdown } from "./plan-markdown.js";
import { PlanProblem } from "./plan-states.js";
import { element, viewOf } from "./plan-view.js";

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
      this.button("Copy as Markdown", () => this.copy(this.markdown())),
      this.button("Copy link", () => this.copy(location.href)),
      this.button("Print", () => print()),
      this.button("Clear ticks", () => this.clear()));
    this.tools = tools;
    const first = await this.load(wanted ?? this.texts.plans[0]);
    this.place.replaceChildren(this.side, element("div", { class: "kb-planner-main" },
      this.title, tools, element("div", { class: "kb-plan-progress" }, this.bar, this.status),
      this.result));
    this.result.addEventListener("change", (event) => this.tick(event.target));
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
    this.ticks = new Ticks(this.address, master.product);
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
        isTicked: (tick, step) => this.isTicked(tick, step),
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
    const isTicked = (tick, step) => this.isTicked(tick, step);
    return asMarkdown(this.plan, this.texts.words, isTicked, location.href);
  }

  /** Whether a box is ticked; a step that was ticked as a whole is so on each node. */
  isTicked(tick, step) {
    return this.ticks.has(tick) || this.ticks.has(step);
  }

  tick(box) {
    const name = box.dataset.tick;
    if (name) {
      const boxes = [...box.closest(".kb-step").querySelectorAll("[data-tick]")];
      const step = this.steps().find((one) => one.ticks.some((tick) => tick.id === name));
      this.ticks.set(step.id, false); // from here on each node has its own
      boxes.forEach((one) => this.ticks.set(one.dataset.tick, one.checked));
      this.count();
    }
  }

  clear() {
    this.steps().forEach((one) => this.ticks.set(one.id, false));
    this.result.querySelectorAll("[data-tick]").forEach((box) => {
      box.checked = false;
      this.ticks.set(box.dataset.tick, false);
    });
    this.count();
  }

  steps() {
    return this.plan?.sections.flatMap((one) => one.steps) ?? [];
  }

  /** Say how many steps are done, and where a step has several boxes, how many are ticked. */
  count() {
    const boxes = [...this.result.querySelectorAll("[data-tick]")];
    const ticked = boxes.filter((one) => one.checked).length;
    const steps = [...this.result.querySelectorAll(".kb-step")];
    for (const step of steps) {
      const own = [...step.querySelectorAll("[data-tick]")];
      step.classList.toggle("kb-done", own.every((one) => one.checked));
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

  button(label, act) {
    const made = element("button", { type: "button", class: "kb-button" }, label);
    made.addEventListener("click", act);
    return made;
  }
}

/** What is ticked, kept in this browser for one product of one site. */
class Ticks {
  constructor(address, product) {
    this.key = `kb-plan:${address.pathname}:${product}`;
    this.names = new Set();
    try {
      this.names = new Set(JSON.parse(localStorage.getItem(this.key) ?? "[]"));
    } catch {
      // Storage is forbidden, or holds something else: ticks last as long as the page.
    }
  }

  has(name) {
    return this.names.has(name);
  }

  set(name, isTicked) {
    this.names[isTicked ? "add" : "delete"](name);
    try {
      localStorage.setItem(this.key, JSON.stringify([...this.names]));
    } catch {
      // As above.
    }
  }
}

/** Copy a text; without a secure address browsers offer the old way alone. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { class: "kb-copy-area", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}
