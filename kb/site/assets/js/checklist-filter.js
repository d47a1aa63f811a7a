/**
 * Which requirements hold for a topology and for conditions that hold, do not hold, or are open.
 *
 * Knows nothing of the page: items are plain values.
 */

/** @typedef {{id: string, title: string, broader: string[], excludes: string[]}} Condition */
/** @typedef {{topologies: string[], when: string[], unless: string[]}} Item */

/**
 * Return what follows of each condition from those that the reader has decided.
 * @param {Condition[]} conditions
 * @param {Map<string, boolean>} decided
 * @returns {Map<string, boolean>}
 */
export function concluded(conditions, decided) {
  const found = new Map(decided);
  const settle = (name, value) => found.has(name) || found.set(name, value);
  for (const one of conditions) {
    for (const name of one.broader) {
      if (decided.has(name)) {
        settle(one.id, decided.get(name));
      }
    }
  }
  for (const one of conditions) {
    if (found.get(one.id)) {
      one.broader.forEach((name) => settle(name, true));
      one.excludes.forEach((name) => settle(name, false));
    }
  }
  return found;
}

/**
 * Return why a requirement does not hold, in a few words; undefined where it may hold.
 * @param {Item} item
 * @param {{topology: string, holds: Map<string, boolean>, titles: Map<string, string>}} chosen
 */
export function reason(item, { topology, holds, titles }) {
  if (topology && !item.topologies.includes(topology)) {
    return `not for ${titles.get(topology)}`;
  }
  const missing = item.when.find((name) => holds.get(name) === false);
  if (missing) {
    return `only if ${titles.get(missing)}`;
  }
  const present = item.unless.find((name) => holds.get(name) === true);
  return present && `not if ${titles.get(present)}`;
}

/**
 * Return which filters are on; "" where none is.
 * @param {[string, string][]} chosen A filter's name with what is chosen of it
 */
export function chosenInWords(chosen) {
  const parts = chosen.map(([name, value]) => `${name}: ${value}`);
  return parts.length > 0 ? `Filtered by ${parts.join("; ")}.` : "";
}

/**
 * Return the sentence on what is hidden; "" where nothing is.
 * @param {string[]} reasons
 */
export function hiddenInWords(reasons) {
  if (reasons.length === 0) {
    return "";
  }
  const counts = new Map();
  reasons.forEach((one) => counts.set(one, (counts.get(one) ?? 0) + 1));
  const parts = [...counts].map(([why, count]) => (counts.size > 1 ? `${count} ${why}` : why));
  const noun = reasons.length === 1 ? "requirement" : "requirements";
  return `${reasons.length} ${noun} hidden: ${parts.join(", ")}.`;
}
