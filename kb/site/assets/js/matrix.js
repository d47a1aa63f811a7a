/**
 * The matrix: filters, sorting and the number of rows shown.
 *
 * What is chosen stands in the address, so that a view can be shared and found again. The page has
 * the whole table; nothing is loaded. `q` is not used in the address: the theme's search opens on it.
 */

/** Levels, strongest first: the order in which a column is sorted. */
const LEVELS = ["must", "must-not", "should", "should-not", "automatic", "need-not", "may"];

/**
 * One thing that is said in a cell.
 * @typedef {{node: HTMLElement, level: string, where: string, what: Set<string>, shown: boolean}} Item
 * @typedef {{node: HTMLElement, start: number, items: Item[], shown: boolean}} Cell
 *
 * A component has a body of the table to itself: a line for what holds throughout, where there is
 * such, and one for what differs.
 * @typedef {{node: HTMLElement, cells: Cell[], shown: boolean}} Line
 * @typedef {{node: HTMLElement, name: string, kind: string, lines: Line[], at: number,
 *   shown: boolean}} Row
 * @typedef {{frame: HTMLElement, table: HTMLTableElement, heads: HTMLElement[], rows: Row[],
 *   none: HTMLElement}} Table
 * @typedef {{words: string[], kind: string, where: string, what: string, levels: Set<string>}} Wish
 */

/** @param {HTMLFormElement[]} forms */
export function setUp([form]) {
  if (form.dataset.ready) {
    return;
  }
  form.dataset.ready = "yes";
  const tables = [...document.querySelectorAll("table.kb-matrix")].map(read);
  const state = { sort: "" };
  restore(form, state);

  const update = () => {
    const counted = apply(tables, wishOf(form));
    say(form, counted);
    remember(form, state);
  };
  tables.forEach((table) => addSorting(table, (by) => {
    state.sort = by;
    tables.forEach((one) => sort(one, by));
    remember(form, state);
  }));
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear(form);
    update();
    form.elements.find.focus();
  });
  tables.forEach((one) => sort(one, state.sort));
  update();
}

/** @param {HTMLTableElement} table @returns {Table} */
function read(table) {
  const none = document.createElement("p");
  none.className = "kb-no-match";
  none.textContent = "No row matches the filters.";
  none.hidden = true;
  table.parentElement.after(none);
  return {
    frame: table.parentElement,
    table,
    heads: [...table.tHead.rows[0].cells],
    rows: [...table.tBodies].map(readRow),
    none,
  };
}

/** @param {HTMLTableSectionElement} node @param {number} at @returns {Row} */
function readRow(node, at) {
  const name = fold(node.dataset.name);
  const lines = [...node.rows].map(readLine);
  return { node, name, kind: node.dataset.kind ?? "", lines, at, shown: true };
}

/** @param {HTMLTableRowElement} node @returns {Line} */
function readLine(node) {
  let start = 0;
  const cells = [...node.querySelectorAll("td")].map((cell) => {
    const items = [...cell.querySelectorAll("[data-level]")].map(readItem);
    const made = { node: cell, start, items, shown: true };
    start += cell.colSpan;
    return made;
  });
  return { node, cells, shown: true };
}

/** @param {HTMLElement} node @returns {Item} */
function readItem(node) {
  const { level, where = "", what = "" } = node.dataset;
  return { node, level, where, what: new Set(what.split(" ")), shown: true };
}

/** Show what is wished for and hide the rest; only what changes is touched. */
function apply(tables, wish) {
  const counted = { rows: 0, allRows: 0 };
  for (const table of tables) {
    let any = false;
    for (const row of table.rows) {
      const wanted =
        (!wish.kind || row.kind === wish.kind) && wish.words.every((one) => row.name.includes(one));
      const counts = row.lines.map((line) => applyTo(line, wish, wanted));
      const found = counts.some((one) => one > 0);
      show(row, found);
      any ||= found;
      counted.allRows += 1;
      counted.rows += found ? 1 : 0;
    }
    table.frame.hidden = !any;
    table.none.hidden = any;
  }
  return counted;
}

/** Show what is wished for of a line; return how much that is. In a hidden row nothing need hide. */
function applyTo(line, wish, wanted) {
  if (!wanted) {
    return 0;
  }
  let found = 0;
  for (const cell of line.cells) {
    for (const item of cell.items) {
      const fits = matches(item, wish);
      found += fits ? 1 : 0;
      show(item, fits);
    }
  }
  // The name stands in the first line, so that only its cells can go.
  line.cells.forEach((cell) => show(cell, found > 0));
  return found;
}

/** @param {Item} item @param {Wish} wish */
function matches(item, wish) {
  return (
    (wish.levels.size === 0 || wish.levels.has(item.level)) &&
    (!wish.where || item.where === wish.where) &&
    (!wish.what || item.what.has(wish.what))
  );
}

function show(one, wanted) {
  if (one.shown !== wanted) {
    one.shown = wanted;
    one.node.hidden = !wanted;
  }
}

function say(form, { rows, allRows }) {
  const all = rows === allRows;
  form.elements.count.value = all ? `${allRows} rows` : `${rows} of ${allRows} rows`;
  form.querySelector("button[type=reset]").hidden = isEmpty(form);
  // The file has the whole table, whatever is chosen.
  form.querySelector(".kb-csv").textContent = isEmpty(form)
    ? "Download as CSV"
    : "Download all rows as CSV";
}

/** @returns {Wish} */
function wishOf(form) {
  const value = (name) => form.elements[name]?.value ?? "";
  const checked = [...form.querySelectorAll("[name=level]:checked")];
  return {
    words: fold(value("find")).split(/\s+/).filter(Boolean),
    kind: value("kind"),
    where: value("where"),
    what: value("what"),
    levels: new Set(checked.map((one) => one.value)),
  };
}

function fold(text) {
  return (text ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function isEmpty(form) {
  const chosen = ["find", "kind", "where", "what"].some((name) => form.elements[name]?.value);
  return !chosen && !form.querySelector("[name=level]:checked");
}

function clear(form) {
  for (const one of form.elements) {
    if (one.type === "checkbox") {
      one.checked = false;
    } else if (one.name && one.name !== "count") {
      one.value = "";
    }
  }
}

/** Put what is chosen into the address, without a new entry in the history. */
function remember(form, state) {
  const chosen = new URLSearchParams();
  for (const name of ["find", "kind", "where", "what"]) {
    const value = form.elements[name]?.value;
    if (value) {
      chosen.set(name, value);
    }
  }
  form.querySelectorAll("[name=level]:checked").forEach((one) => chosen.append("level", one.value));
  if (state.sort) {
    chosen.set("sort", state.sort);
  }
  const query = chosen.toString();
  const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
  if (address !== location.pathname + location.search + location.hash) {
    history.replaceState(history.state, "", address);
  }
}

function restore(form, state) {
  const chosen = new URLSearchParams(location.search);
  if (!["find", "kind", "where", "what", "level", "sort"].some((name) => chosen.has(name))) {
    return; // what somebody chose before this file had come stays
  }
  clear(form);
  for (const name of ["find", "kind", "where", "what"]) {
    const field = form.elements[name];
    if (field && chosen.has(name)) {
      field.value = chosen.get(name);
      if (field.value !== chosen.get(name)) {
        field.value = ""; // not offered here
      }
    }
  }
  const levels = chosen.getAll("level");
  form.querySelectorAll("[name=level]").forEach((one) => {
    one.checked = levels.includes(one.value);
  });
  state.sort = /^-?\d+$/.test(chosen.get("sort") ?? "") ? chosen.get("sort") : "";
}

/** Give each column a button; `chosen` gets the column's number, with a minus for descending. */
function addSorting(table, chosen) {
  table.heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-sort";
    if (at === 0) {
      button.append(...head.childNodes);
    } else {
      button.setAttribute("aria-label", `Sort by ${head.textContent.trim()}`);
    }
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      chosen(before === "ascending" ? `-${at}` : before === "descending" ? "" : `${at}`);
    });
  });
}

/** @param {Table} table @param {string} by */
function sort(table, by) {
  const column = Math.abs(Number(by));
  const isDescending = by.startsWith("-");
  table.heads.forEach((head, at) => {
    if (by !== "" && at === column) {
      head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
    } else {
      head.removeAttribute("aria-sort");
    }
  });
  const compare = by === "" || column >= table.heads.length ? inOrder : column ? byLevel(column - 1) : byName;
  const rows = [...table.rows].sort((one, other) => {
    const order = compare(one, other);
    return (isDescending ? -order : order) || one.at - other.at;
  });
  if (rows.some((row, at) => table.table.tBodies[at] !== row.node)) {
    table.table.append(...rows.map((row) => row.node));
  }
}

const NAMES = new Intl.Collator("en", { numeric: true });
const inOrder = (one, other) => one.at - other.at;
const byName = (one, other) => NAMES.compare(nameOf(one), nameOf(other));
const nameOf = (row) => row.node.rows[0].cells[0].textContent;

/** Rows with the strongest duties first; of alike ones, those with more of them. */
function byLevel(column) {
  const weight = (row) => {
    const items = row.lines.flatMap((line) => line.cells
      .filter((one) => column >= one.start && column < one.start + one.node.colSpan)
      .flatMap((one) => one.items));
    return LEVELS.map((level) => items.filter((one) => one.level === level).length);
  };
  const weights = new Map();
  const weigh = (row) => {
    if (!weights.has(row)) {
      weights.set(row, weight(row));
    }
    return weights.get(row);
  };
  return (one, other) => {
    const [left, right] = [weigh(one), weigh(other)];
    const at = left.findIndex((count, index) => count !== right[index]);
    return at < 0 ? 0 : right[at] - left[at];
  };
}
