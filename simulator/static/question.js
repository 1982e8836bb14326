import { make } from "./elements.js";
import { words } from "./words.js";

/** Ask for one line of text; null when the dialog is closed without an answer. */
export function question(title, value = "") {
  const input = make("input", { name: "answer", value, dir: "auto", required: true, autocomplete: "off", label: title });
  const done = make("button", { type: "submit", className: "primary", value: "done" }, words.done);
  const close = make("button", { type: "button" }, words.close);
  const form = make("form", { method: "dialog" }, make("h2", {}, title), input, make("div", { className: "row" }, done, close));
  const dialog = make("dialog", { className: "add-dialog", label: title }, form);
  close.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "done" ? input.value.trim() : null);
    });
  });
}
