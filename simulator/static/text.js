import { make } from "./elements.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", spoiler: "mark" };
const LINK = /(?:https?:\/\/)?(?:t\.me|telegram\.me|ble\.ir)\/[\w@]+(?:\/?\?start=[\w-]+)?|https?:\/\/[^\s<>"«»]+/gi;

/** Render a text with its entities (UTF-16 offsets, nested or side by side) as DOM nodes. */
export function render(text, entities, open) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return make("div", { className: "text", dir: "auto" }, ...nodes(text, 0, text.length, sorted, open));
}

function nodes(text, from, to, entities, open) {
  const made = [];
  let at = from;
  for (let next = 0; next < entities.length; next += 1) {
    const entity = entities[next];
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset < at) continue;
    const inner = entities.slice(next + 1).filter((other) => other.offset >= entity.offset && other.offset + other.length <= end);
    made.push(...linked(text.slice(at, entity.offset), open));
    made.push(styled(entity, nodes(text, entity.offset, end, inner, open), open));
    at = end;
  }
  made.push(...linked(text.slice(at, to), open));
  return made;
}

function styled(entity, children, open) {
  if (entity.type === "text_link") return anchor(entity.url, children.map((child) => child.textContent), open);
  return make(TAGS[entity.type] ?? "span", {}, ...children);
}

function linked(text, open) {
  const made = [];
  let at = 0;
  for (const found of text.matchAll(LINK)) {
    made.push(text.slice(at, found.index), anchor(found[0], [found[0]], open));
    at = found.index + found[0].length;
  }
  made.push(text.slice(at));
  return made;
}

function anchor(url, children, open) {
  const link = make("a", { href: "#", title: url, dir: "auto" }, ...children);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(url);
  });
  return link;
}
