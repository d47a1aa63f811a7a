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
    const [first, ...more] = linesOf(row.querySelector("dd"));
    lines.push(`  - ${clean(row.querySelector("dt").textContent)}: ${first}`.trimEnd());
    lines.push(...more.map((one) => `    ${one}`));
  }
  return [...lines, `  - <${addressOf(item)}>`].join("\n");
}

/** Return a value as lines: what is to be copied word for word is a block of code. */
function linesOf(value) {
  const lines = [""];
  let isOpen = true; // whether text goes on in the last line
  for (const node of value.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && node.matches(".kb-copy")) {
      const code = node.querySelector("pre > code").textContent.trimEnd();
      const fence = "`".repeat(Math.max(3, ...(code.match(/`+/g) ?? []).map((one) => one.length + 1)));
      lines.push(fence, ...code.split("\n"), fence);
      isOpen = false;
    } else {
      const items = node.nodeType === Node.ELEMENT_NODE && node.matches("ul, ol") ? [...node.children] : [];
      const text = items.length > 0
        ? ` ${items.map((one) => asText(one.textContent)).join("; ")}`
        : escaped(node.textContent.replace(/\s+/g, " "));
      if (isOpen) {
        lines[lines.length - 1] += text;
      } else if (text.trim()) {
        lines.push(text.trimStart());
        isOpen = true;
      }
    }
  }
  lines[0] = lines[0].trim();
  return lines;
}

function said(item, selector) {
  return asText(item.querySelector(selector)?.textContent ?? "");
}

/** Return a text as one line of Markdown that shows it as it is. */
export function asText(text) {
  return escaped(clean(text));
}

function clean(text) {
  return text.replace(/\s+/g, " ").trim();
}

function escaped(text) {
  return text.replace(/[\\`*_[\]<>]/g, "\\$&");
}
