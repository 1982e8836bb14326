/** Build an element: properties, then children. Text always goes in as text, never as HTML. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { label, data, ...plain } = properties;
  Object.assign(element, plain);
  if (label) element.setAttribute("aria-label", label);
  Object.assign(element.dataset, data ?? {});
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Draw a line icon from one path. */
export function icon(path) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  picture.append(line);
  return picture;
}

export const icons = {
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.7-8.7a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.6a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  keys: "M3 6h18v12H3zM7 10h.01M12 10h.01M17 10h.01M8 14h8",
  send: "M21 12H4M11 5l-7 7 7 7",
};
