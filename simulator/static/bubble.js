import { make } from "./elements.js";
import { render } from "./text.js";
import { clock, words } from "./words.js";

/** One message as a bubble; `hand` is what the phone does when something in it is tapped. */
export function bubble(message, hand) {
  const parts = [content(message, hand), stamp(message)];
  const made = make(
    "article",
    { className: `bubble ${message.mine ? "mine" : "theirs"}`, data: { message: message.id } },
    make("div", { className: "paper" }, ...parts),
  );
  if (message.buttons.length) made.append(keys(message, hand));
  return made;
}

function content(message, hand) {
  const made = document.createDocumentFragment();
  if (message.file) made.append(message.file.kind === "picture" ? picture(message.file, hand) : sheet(message.file));
  if (message.contact) made.append(card(message.contact));
  if (message.text) made.append(render(message.text, message.entities, hand.open));
  return made;
}

function picture(file, hand) {
  const image = make("img", { src: file.url, alt: words.picture, width: file.width, height: file.height, loading: "lazy" });
  const button = make("button", { type: "button", className: "picture", label: words.enlarge }, image);
  button.addEventListener("click", () => hand.enlarge(file.url));
  return button;
}

function sheet(file) {
  const size = Math.max(1, Math.round(file.size / 1024));
  const name = make("span", { dir: "auto" }, file.name, make("small", {}, words.kilobytes(size)));
  return make("a", { className: "document", href: file.url, download: file.name }, name);
}

function card(contact) {
  return make("div", { className: "contact" }, "☎ ", contact.name, make("small", {}, contact.number));
}

function stamp(message) {
  const time = clock(message.time);
  return make("time", {}, message.edited ? `${words.edited} · ${time}` : time);
}

function keys(message, hand) {
  const rows = message.buttons.map((row, rowIndex) =>
    make("div", {}, ...row.map((button, column) => key(message, button, rowIndex, column, hand))),
  );
  return make("div", { className: "keys" }, ...rows);
}

function key(message, button, row, column, hand) {
  const made = make("button", { type: "button", dir: "auto" }, button.text + (button.url ? " ↗" : ""));
  made.addEventListener("click", () => {
    if (button.url) hand.open(button.url);
    else if (button.copy) hand.copy(button.copy);
    else hand.tap(message.id, row, column, made);
  });
  return made;
}
