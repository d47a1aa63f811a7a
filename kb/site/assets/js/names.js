/**
 * Finds the terms of the site whose title is nearly what was written: with a typing error, in part,
 * or shortened to its consonants.
 */

const TERMS = new URL("terms.json", import.meta.url);
const SHORTENED = 0.2;

/** @typedef {{address: string, title: string, off: number}} Near off: 0 as written, 1 nothing alike */

/** @type {Promise<Record<string, {title: string}>> | null} */
let listed = null;

/** @param {string} sought @param {number} most share of the letters that may differ
 * @returns {Promise<Near[]>} nearest first */
export async function nearest(sought, most) {
  listed ??= fetch(TERMS).then((reply) => (reply.ok ? reply.json() : {}));
  try {
    const asked = plain(sought);
    return Object.entries(await listed)
      .map(([address, { title }]) => ({ address, title, ...compared(asked, address, title) }))
      .filter(({ off }) => off <= most)
      .sort((one, other) => one.off - other.off || one.whole - other.whole);
  } catch {
    listed = null;
    return [];
  }
}

/** The words of the last part of an address. @param {string} path */
export function lastOf(path) {
  const parts = path.replace(/\/(index\.html)?$/, "").split("/");
  let last = parts[parts.length - 1];
  try {
    last = decodeURIComponent(last);
  } catch {
    // as it stands
  }
  return last.replace(/\.(html?|md|json)$/, "").replace(/[-_+\s]+/g, " ").trim().slice(0, 80);
}

function plain(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** How far a text is from the better name of a term, word by word and as a whole. */
function compared(asked, address, title) {
  const names = [plain(title), plain(lastOf(address))];
  return {
    off: Math.min(...names.map((name) => offness(asked.split(" "), name.split(" ")))),
    whole: Math.min(...names.map((name) => share(asked, name))),
  };
}

/** @param {string[]} asked @param {string[]} name @returns {number} mean over the words asked */
function offness(asked, name) {
  const each = asked.map((word) => Math.min(...name.map((other) => apart(word, other))));
  return each.reduce((sum, one) => sum + one, 0) / each.length;
}

/** @param {string} word @param {string} other */
function apart(word, other) {
  if (word.length > 1 && other.startsWith(word)) {
    return 0;
  }
  return isShortFor(word, other) ? SHORTENED : share(word, other);
}

/** Whether a word is some of the consonants of another, its first letter among them: "svc". */
function isShortFor(word, other) {
  if (word.length < 2 || word[0] !== other[0] || /[aeiou]/.test(word.slice(1))) {
    return false;
  }
  let at = 0;
  for (const letter of other) {
    at += letter === word[at] ? 1 : 0;
  }
  return at === word.length;
}

function share(one, other) {
  return distance(one, other) / Math.max(one.length, other.length, 1);
}

/** The letters to change, add or take away to make one text of another. */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 0; at < one.length; at += 1) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to += 1) {
      next.push(Math.min(next[to] + 1, row[to + 1] + 1, row[to] + (one[at] === other[to] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length];
}
