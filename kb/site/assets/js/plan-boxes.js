/**
 * The boxes of a step: one for each component that it serves, on each node that it is done on.
 *
 * A box has the list and the name under which the page of its component keeps the same tick.
 */

/**
 * One box.
 * @typedef {{list: string, name: string, node: string, label: string}} Box
 *   `list` is the id of a product or component, `name` that of a requirement or check;
 *   `node` is empty where the step is ticked as a whole, `label` where it is the only box
 */

/**
 * Return the boxes of a step, in the order in which they are shown.
 * @param {object} step
 * @param {string} product Id of the product: what no component does is ticked there.
 * @returns {Box[]}
 */
export function boxesOf(step, product) {
  const name = step.id.slice(step.id.indexOf("/") + 1);
  const several = step.components.length > 1;
  const lists = step.components.length ? step.components : [{ id: product, title: "" }];
  return lists.flatMap(({ id, title }) => step.ticks.map(({ node }) => (
    { list: id, name, node, label: [several ? title : "", node].filter(Boolean).join(", ") })));
}
