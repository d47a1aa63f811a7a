/** Finds common questions by their words, where nothing else can read a question. */

const MOST = 5;
const NONE = { short: {}, questions: [] };
const LEAST = 0.3; // share of the question's weight that has to be found
const NOISE = new Set(
  ("a an and any are as at be by can do does for from has have how i if in is it its me my need of "
    + "on or our please should so that the there they this to us we what when where which who will with you")
    .split(" "),
);

/**
 * @typedef {object} Common
 * @property {string} q
 * @property {string[]} names of what it is about, its title first
 * @property {string} at
 * @property {string | null} outcome
 * @property {string} says how its answer begins
 * @property {boolean} [named] whether the question that was asked names what it is about
 */

/**
 * @typedef {object} Index
 * @property {Record<string, string>} short abbreviations, with what they stand for
 * @property {Common[]} questions
 */

/** @type {Promise<Index> | null} */
let listed = null;

/** @param {URL} index @param {string} question @returns {Promise<Common[]>} best first */
export async function near(index, question) {
  listed ??= fetch(index).then((reply) => (reply.ok ? reply.json() : NONE));
  try {
    return ranked(await listed, question);
  } catch {
    listed = null;
    return [];
  }
}

/** The words of a question that a search can use. @param {string} question */
export function telling(question) {
  const found = split(question).filter((word) => !NOISE.has(word));
  return found.join(" ") || question;
}

/**
 * Those of what the question names, if it names anything; else those with words in common.
 * @param {Index} index @param {string} question @returns {Common[]}
 */
export function ranked({ short, questions }, question) {
  const written = split(question).map((word) => (Object.hasOwn(short, word) ? short[word] : word));
  const plain = written.join(" ");
  const titles = named(questions, plain);
  const about = questions.filter((one) => titles.has(one.names[0]));
  return about.length > 0
    ? scored(about, plain, 0).map((one) => ({ ...one, named: true }))
    : scored(questions, plain, LEAST);
}

/** The titles of what a question names; a name within a longer one that it has does not count. */
function named(questions, plain) {
  const bounded = (text) => ` ${split(text).map(stem).join(" ")} `;
  const asked = bounded(plain);
  const found = new Map();
  for (const { names } of questions) {
    for (const name of names.map(bounded)) {
      if (name.trim() && asked.includes(name)) {
        found.set(name, (found.get(name) ?? new Set()).add(names[0]));
      }
    }
  }
  const whole = [...found.keys()];
  const longest = whole.filter((one) => !whole.some((other) => other !== one && other.includes(one)));
  return new Set(longest.flatMap((name) => [...found.get(name)]));
}

/** @param {Common[]} all @param {string} question @param {number} least */
function scored(all, question, least) {
  const texts = all.map((one) => words(`${one.q} ${one.names.join(" ")}`));
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
      return { one, at, score: shared.reduce((sum, word) => sum + weight(word), 0) / (whole || 1) };
    })
    .filter(({ score }) => score >= least)
    .sort((one, other) => other.score - one.score || one.at - other.at)
    .slice(0, MOST)
    .map(({ one }) => one);
}

/** The words of a text that say something, without the endings of most plurals and verbs. */
function words(text) {
  return new Set(split(text).filter((word) => !NOISE.has(word)).map(stem));
}

function split(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function stem(word) {
  return word.length > 4 ? word.replace(/(ing|ed|es|e|s)$/, "") : word;
}
