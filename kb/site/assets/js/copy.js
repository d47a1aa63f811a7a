/** Copying texts and links, and requirements as Markdown. */

/**
 * Copy a text; where the address is not a secure one, browsers offer the old way alone.
 * @param {string} text
 * @returns {Promise<boolean>} Whether it was copied.
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.className = "kb-copy-area";
    area.value = text;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }
}

/** Return the address of a requirement, without what the reader has filtered. */
export function addressOf(item) {
  const address = new URL(location.href);
  address.search = "";
  address.hash = item.id;
  return address.href;
}

/** Return a requirement as a line of Markdown: a box to tick where there is something to do. */
export function asMarkdown(item, isTicked) {
  const box = isTicked === undefined ? "" : `[${isTicked ? "x" : " "}] `;
  const lines = [`- ${box}**${said(item, ".kb-badge")}:** ${said(item, ".kb-sentence")}`];
  for (const row of item.querySelectorAll(":scope > .kb-facts > div")) {
    const value = row.querySelector("dd");
    const parts = value.querySelector("li") ? [...value.querySelectorAll("li")] : [value];
    const texts = parts.map((one) => escaped(clean(one.textContent)));
    lines.push(`  - ${clean(row.querySelector("dt").textContent)}: ${texts.join("; ")}`);
  }
  return [...lines, `  - <${addressOf(item)}>`].join("\n");
}

function said(item, selector) {
  return escaped(clean(item.querySelector(selector)?.textContent ?? ""));
}

function clean(text) {
  return text.replace(/\s+/g, " ").trim();
}

function escaped(text) {
  return text.replace(/[\\`*_[\]<>]/g, "\\$&");
}
