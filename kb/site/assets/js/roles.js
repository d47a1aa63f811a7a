/**
 * The index by role: one field that narrows all its tables, kept in the address.
 */

/** @param {HTMLFormElement[]} forms */
export function setUp([form]) {
  if (form.dataset.ready) {
    return;
  }
  form.dataset.ready = "yes";
  const field = form.querySelector("input");
  const count = form.querySelector("output");
  const tables = [...document.querySelectorAll("table.kb-list")].map((table) => ({
    frame: table.parentElement,
    heading: table.parentElement.previousElementSibling,
    rows: [...table.tBodies[0].rows].map((node) => ({
      node,
      words: fold(`${node.dataset.name} ${node.textContent}`),
    })),
  }));

  const update = () => {
    const wanted = fold(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { frame, heading, rows } of tables) {
      let any = false;
      for (const { node, words } of rows) {
        node.hidden = !wanted.every((one) => words.includes(one));
        any ||= !node.hidden;
        shown += node.hidden ? 0 : 1;
      }
      frame.hidden = !any;
      heading.hidden = !any;
    }
    const all = tables.reduce((sum, { rows }) => sum + rows.length, 0);
    count.value = wanted.length ? `${shown} of ${all} lines` : "";
  };
  const remember = () => {
    const query = field.value ? `?${new URLSearchParams({ find: field.value })}` : "";
    history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
  };

  field.value = new URLSearchParams(location.search).get("find") ?? "";
  field.addEventListener("input", () => {
    update();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  update();
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
