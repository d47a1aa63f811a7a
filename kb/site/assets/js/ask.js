/** The page on which questions are asked. Its address holds the question, so it can be shared. */

import { SAID, shown } from "./answer.js";
import { element } from "./elements.js";
import { asking, isWanted } from "./feedback.js";
import { near, telling } from "./near.js";
import { searchFor } from "./search.js";
import { ask } from "./service.js";

const TITLE = document.title;

/** @type {AskPage | null} the one that is shown */
let current = null;

class AskPage {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.form = page.querySelector("form");
    this.field = this.form.elements.q;
    this.topology = this.form.elements.topology;
    this.status = page.querySelector(".kb-ask-status");
    this.place = page.querySelector(".kb-ask-answer");
    this.root = new URL(page.dataset.root, location.href);
    const elsewhere = document.querySelector("[data-kb-api]")?.dataset.kbApi;
    this.api = new URL("ask", elsewhere ? new URL(elsewhere, location.href) : this.root);
    this.asking = new AbortController();
    this.leads = false; // whether the answer that comes takes the focus
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.topology?.addEventListener("change", () => this.field.value.trim() && this.submit());
  }

  submit() {
    this.form.requestSubmit();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
  }

  /** @param {Event} event */
  submitted(event) {
    event.preventDefault();
    const address = new URL(location.href);
    address.search = "";
    address.hash = "";
    address.searchParams.set("q", this.field.value.trim());
    if (this.topology?.value) {
      address.searchParams.set("topology", this.topology.value);
    }
    if (address.href !== location.href) {
      history.pushState(null, "", address);
    }
    this.answer();
  }

  /** Show what the address asks. */
  read() {
    restore();
    const given = new URLSearchParams(location.search);
    this.field.value = given.get("q") ?? "";
    if (this.topology) {
      this.topology.value = given.get("topology") ?? "";
      if (this.topology.selectedIndex < 0) {
        this.topology.value = "";
      }
    }
    if (this.field.value.trim()) {
      this.leads = true;
      this.answer();
    } else {
      this.asking.abort();
      this.show("");
      document.title = TITLE;
      this.field.focus();
    }
  }

  /** Ask another question in the place of this one. */
  instead(question) {
    this.field.value = question;
    this.leads = true;
    this.submit();
  }

  async answer() {
    this.asking.abort();
    const asking = new AbortController();
    this.asking = asking;
    const typed = this.field.value.trim();
    const chosen = this.topology?.value ? ` (${this.topology.selectedOptions[0].text})` : "";
    document.title = `${typed} – ${TITLE}`;
    this.place.classList.add("kb-waiting");
    const slow = setTimeout(() => this.say("Still waiting for an answer …"), 2000);
    try {
      const outcome = await ask(this.api, typed + chosen, asking.signal);
      if (outcome.kind === "answer") {
        // What is asked next is built on what was typed; the topology stays chosen.
        this.answered({ ...outcome.answer, question: typed });
      } else {
        await this.unanswered(outcome, typed);
      }
    } catch (error) {
      if (!asking.signal.aborted) {
        throw error;
      }
    } finally {
      clearTimeout(slow);
      delete document.documentElement.dataset.kbOpening;
    }
  }

  answered(answer) {
    const setting = {
      badge: (name) => this.badge(name),
      address: (url) => this.address(url),
      ask: (question) => this.instead(question),
    };
    const missed = answer.status === "not_covered" && this.search(answer.question);
    this.show(
      answer.answer.split("\n")[0],
      ...shown(answer, setting),
      element("div", { class: "kb-pills" }, missed),
      answer.status === "answered" && isWanted()
        && asking("Is this answer right?", { question: answer.question }, this.api),
      this.share(answer),
    );
  }

  /** @param {import("./service.js").Outcome} outcome @param {string} typed */
  async unanswered(outcome, typed) {
    const told = {
      absent: [
        "No answering service here",
        "This copy of the pages is only files, and nothing in it can read a question. "
          + "The same facts are on the pages themselves.",
      ],
      refused: ["Not answered", outcome.reason],
      unreachable: ["Not answered", `${outcome.reason} The question is kept.`],
    }[outcome.kind];
    const later = outcome.seconds ? ` It can be asked again in ${outcome.seconds} seconds.` : "";
    const again =
      outcome.again && this.button("Ask again", () => this.answer());
    this.show(
      `${told[0]}. ${told[1]}${later}`,
      element(
        "div",
        { class: "kb-note" },
        element("p", {}, element("strong", {}, `${told[0]}.`), ` ${told[1]}${later}`),
        element("div", { class: "kb-pills" }, again, this.search(typed)),
      ),
    );
    if (outcome.kind === "absent" || outcome.again) {
      const asking = this.asking;
      const found = await this.nearest(typed);
      if (asking === this.asking) {
        this.place.append(...found);
      }
    }
  }

  /** Common questions that are near to one, with how their answers begin. */
  async nearest(typed) {
    const found = await near(new URL(this.page.dataset.index, this.root), typed);
    if (found.length === 0) {
      return [];
    }
    const items = found.map((one) =>
      element(
        "li",
        {},
        element("span", { class: "kb-quiet" }, `${one.names[0]}: `),
        element("a", { href: new URL(one.at, this.root).href }, one.q),
        one.named && this.begins(one),
      ),
    );
    return [
      element("h2", {}, "Common questions near to it"),
      element("ul", { class: "kb-near" }, ...items),
    ];
  }

  /** How the answer begins; the badge says its verdict. @param {import("./near.js").Common} one */
  begins({ outcome, says }) {
    const badge = outcome && this.badge(`outcome-${outcome}`);
    return element("p", {}, badge, " ", badge ? says.replace(SAID, "") : says);
  }

  search(typed) {
    return searchFor && this.button("Search the pages for it", () => searchFor(telling(typed)));
  }

  share(answer) {
    const copy = this.button("Copy link", async () => {
      await navigator.clipboard?.writeText(location.href);
      this.say("The link to this question is copied.");
    });
    const content = answer.content_version.slice(0, 7);
    const version = element("span", {}, `Content ${content}, answer ${answer.answer_id.slice(0, 16)}`);
    return element("p", { class: "kb-ask-foot kb-quiet" }, version, navigator.clipboard && copy);
  }

  button(label, pressed) {
    return element("button", { type: "button", class: "kb-pill", onclick: pressed }, label);
  }

  badge(name) {
    const kept = this.page.querySelector(`[data-badge="${CSS.escape(name)}"] > *`);
    return kept ? kept.cloneNode(true) : null;
  }

  /** The address on this site of one that the service says: its own pages may stand elsewhere. */
  address(url) {
    const home = new URL(".", this.api);
    const said = new URL(url, home);
    const path = said.pathname.startsWith(home.pathname)
      ? said.pathname.slice(home.pathname.length)
      : said.pathname.slice(1);
    return new URL(path + said.hash, this.root).href;
  }

  /** @param {string} words @param {...Node} content */
  show(words, ...content) {
    this.place.classList.remove("kb-waiting");
    const heading = element("h2", { class: "kb-ask-heading", tabindex: "-1" }, "Answer");
    this.place.replaceChildren(...(content.length > 0 ? [heading, ...content.filter(Boolean)] : []));
    if (this.leads && content.length > 0 && document.activeElement !== this.field) {
      heading.focus();
    }
    this.leads = false;
    this.status.classList.toggle("kb-heard", content.length > 0);
    this.say(words);
  }

  say(words) {
    this.status.textContent = words;
  }
}

/** Put the question back into the address, from which `early/address.js` took it. */
function restore() {
  const { kbAsked: asked } = document.documentElement.dataset;
  if (asked !== undefined) {
    delete document.documentElement.dataset.kbAsked;
    const address = new URL(location.href);
    address.search = new URLSearchParams([["q", asked], ...address.searchParams]);
    history.replaceState(null, "", address);
  }
}

/** @param {HTMLElement[]} pages */
export function setUp([page]) {
  current = new AskPage(page);
  current.read();
}

addEventListener("popstate", () => {
  if (current?.page.isConnected) {
    current.read();
  }
});
