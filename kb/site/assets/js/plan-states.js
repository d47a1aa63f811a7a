/**
 * Which conditions are the case, from what is said and how many nodes are named.
 *
 * The same as `kb/plan/settling.py`, on the same values; a test compares the plans of both.
 */

/** What was chosen cannot be planned; the message is for the reader. */
export class PlanProblem extends Error {}

/**
 * Fill values into a phrase of the table of words.
 * @param {Record<string, string>} words
 * @param {string} name
 * @param {...(string | number)} values
 */
export function fill(words, name, ...values) {
  return words[name].replace(/\{(\d)\}/g, (_, at) => String(values[at]));
}

/**
 * Return condition -> true, false or null (not decided).
 * @returns {Map<string, boolean | null>}
 */
export function settled(master, chosen, words) {
  const terms = new Map(master.conditions.map((one) => [one.id, one]));
  const title = (name) => terms.get(name)?.title ?? name;
  const said = new Map(chosen.no.map((name) => [name, false]));
  for (const name of chosen.need) {
    if (said.has(name)) {
      throw new PlanProblem(fill(words, "both-ways", title(name)));
    }
    said.set(name, true);
  }
  sayByNodes(master.conditions, said, chosen.nodes.length, words);
  for (const one of master.conditions) {
    check(one, terms, said, words);
  }
  return new Map(master.conditions.map((one) => [one.id, stateOf(one, terms, said)]));
}

/** Whether a number of nodes is as a condition wants it. */
function compares(number, sign, bound) {
  if (sign === "=") {
    return number === bound;
  }
  const isBeyond = sign.startsWith(">") ? number > bound : number < bound;
  return isBeyond || (sign.endsWith("=") && number === bound);
}

function sayByNodes(terms, said, number, words) {
  const found = new Map();
  for (const one of terms) {
    if (one.sign && number) {
      const holds = compares(number, one.sign, one.number ?? 0);
      if (said.has(one.id) && said.get(one.id) !== holds) {
        const phrase = holds ? "by-nodes-yes" : "by-nodes-no";
        throw new PlanProblem(fill(words, phrase, one.title, number));
      }
      found.set(one.id, holds);
    }
  }
  found.forEach((holds, name) => said.set(name, holds));
}

function check(one, terms, said, words) {
  if (!isStated(one, said)) {
    return;
  }
  for (const name of one.excludes ?? []) {
    const other = terms.get(name);
    if (other && isStated(other, said)) {
      throw new PlanProblem(fill(words, "excluded", one.title, other.title));
    }
  }
  for (const name of one.ancestors ?? []) {
    if (said.get(name) === false) {
      throw new PlanProblem(fill(words, "narrower", one.title, terms.get(name)?.title ?? name));
    }
  }
}

/** Whether a condition is said to be the case, itself or by a narrower one. */
function isStated(one, said) {
  return said.get(one.id) === true || (one.descendants ?? []).some((name) => said.get(name) === true);
}

function stateOf(one, terms, said) {
  if (said.has(one.id)) {
    return said.get(one.id);
  }
  if (isStated(one, said)) {
    return true;
  }
  const excludes = one.excludes ?? [];
  if (excludes.some((name) => terms.has(name) && isStated(terms.get(name), said))) {
    return false;
  }
  for (const name of one.ancestors ?? []) {
    if (said.has(name)) {
      const siblings = terms.get(name).descendants ?? [];
      const isExclusive = excludes.some((other) => siblings.includes(other));
      return said.get(name) && isExclusive ? null : said.get(name);
    }
  }
  return null;
}
