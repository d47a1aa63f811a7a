/** Finds common questions by their words, where nothing else can read a question. */

const MOST = 5;
const LEAST = 0.3; // share of the question's weight that has to be found
const NOISE = new Set(
  ("a an and any are as at be by can do does for from has have how i if in is it its me my need of "
    + "on or our should so that the there they this to us we what when where which who will with you")
    .split(" "),
);

/**
 * @typedef {object} Common
 * @property {string} q
 * @property {string} about names of what it is about
 * @property {string} at
 * @property {string | null} outcome
 * @property {string} says how its answer begins
 */

/** @type {Promise<Common[]> | null} */
let listed = null;

/** @param {URL} index @param {string} question @returns {Promise<Common[]>} best first */
export async function near(index, question) {
  listed ??= fetch(index).then((reply) => (reply.ok ? reply.json() : []));
  try {
    return ranked(await listed, question);
  } catch {
    listed = null;
    return [];
  }
}

/** @param {Common[]} all @param {string} question @returns {Common[]} */
export function ranked(all, question) {
  const texts = all.map((one) => words(`${one.q} ${one.about}`));
  const counts = new Map();
  for (const text of texts) {
    for (const word of text) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  // A word of few questions says more than one of many; one of none still counts as missing.
  const weight = (word) => Math.log(1 + (all.length + 1) / ((counts.get(word) ?? 0) + 0.5));
  const asked = [...words(question)];
  const whole = asked.reduce((sum, word) => sum + weight(word), 0);
  return all
    .map((one, at) => {
      const shared = asked.filter((word) => texts[at].has(word));
      return { one, at, score: shared.reduce((sum, word) => sum + weight(word), 0) / whole };
    })
    .filter(({ score }) => score >= LEAST)
    .sort((one, other) => other.score - one.score || one.at - other.at)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The words of a text that say something, without the endings of most plurals and verbs. */
function words(text) {
  const found = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(found.filter((word) => !NOISE.has(word)).map(stem));
}

function stem(word) {
  return word.length > 4 ? word.replace(/(ing|ed|es|s)$/, "") : word;
}
