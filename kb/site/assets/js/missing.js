/** At an address without a page: the pages whose address or title is nearly what was asked for. */

import { button, element } from "./elements.js";
import { lastOf, nearest } from "./names.js";
import { searchFor } from "./search.js";

const HOME = new URL("../../", import.meta.url);
const MOST = 4;
const NEAR = 0.4; // share of the letters that may differ

/** @param {HTMLElement[]} places */
export async function setUp([place]) {
  const sought = lastOf(location.pathname);
  if (!sought || place.childElementCount > 0) {
    return;
  }
  const found = (await nearest(sought, NEAR)).slice(0, MOST);
  if (found.length > 0) {
    const links = found.map(({ address, title }) =>
      element("li", {}, element("a", { href: new URL(address, HOME).href }, title)));
    place.append(element("p", {}, "Perhaps you were looking for:"), element("ul", {}, ...links));
  }
  if (searchFor && found.length === 0) {
    const search = button(`Search for “${sought}”`, () => searchFor(sought), { class: "kb-button" });
    place.append(element("p", {}, search));
  }
}
