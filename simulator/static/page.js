import "./phone.js";
import { addPhone, phoneState } from "./ask.js";
import { make } from "./elements.js";
import { words } from "./words.js";

const only = location.pathname.match(/^\/phone\/(.+)$/)?.[1];
const shelf = document.querySelector(".phones");
const rules = document.querySelector(".rules");
let broken = 0;

document.body.classList.toggle("single", only !== undefined);
listen();
preparePictures();
prepareAdding();
prepareRules();
prepareDrawer();

/** One stream for all phones of the page: a browser keeps only six connections to one server. */
function listen() {
  const stream = new EventSource(only ? `/events?phone=${only}` : "/events");
  const on = (name, run) => stream.addEventListener(name, (event) => run(JSON.parse(event.data)));
  on("all", everything);
  on("phone", ({ state }) => changed(state));
  on("message", ({ phone, message }) => find(phone)?.message(message));
  on("keyboard", ({ phone, keyboard }) => find(phone)?.keyboard(keyboard));
  on("action", ({ phone, action }) => find(phone)?.action(action));
  on("toast", ({ phone, text, alert }) => find(phone)?.toast(text, alert));
  on("violation", ({ violation }) => note(violation, broken + 1));
  const lost = document.querySelector(".connection");
  stream.addEventListener("open", () => (lost.hidden = true));
  stream.addEventListener("error", () => (lost.hidden = false));
}

function find(id) {
  return shelf.querySelector(`[data-phone="${CSS.escape(id)}"]`);
}

function everything({ phones, violations, violation_count: count }) {
  const opened = new Set([...shelf.children].map((child) => child.dataset.phone));
  const [out, put] = [[], []];
  for (const state of phones) (only || state.shown || opened.has(state.id) ? out : put).push(state);
  shelf.replaceChildren(...out.map(phone));
  offer(put);
  if (!out.length) shelf.append(make("p", { className: "empty" }, only ? words.unknown : words.none));
  document.querySelector(".rules-dialog ol").replaceChildren();
  violations.forEach((violation) => note(violation, count));
}

/** Phones that are not shown can be taken out of the drawer one by one; what stands on them is fetched then. */
function offer(states) {
  const list = document.querySelector(".others-dialog .list");
  document.querySelector(".top .others").hidden = states.length === 0;
  list.replaceChildren(...states.map((state) => drawer(state)));
}

function drawer(state) {
  const button = make("button", { type: "button" }, [state.name, state.label, words[state.flavour]].filter(Boolean).join(" · "));
  button.addEventListener("click", async () => {
    const made = phone(await phoneState(state.id));
    shelf.append(made);
    made.scrollIntoView({ inline: "center" });
    button.closest("dialog").close();
    button.remove();
  });
  return button;
}

function phone(state) {
  const made = document.createElement("chat-phone");
  made.show(state);
  return made;
}

function changed(state) {
  const known = find(state.id);
  if (known) known.change(state);
  else if (only || state.shown) {
    shelf.querySelector(".empty")?.remove();
    const made = phone({ ...state, messages: [], keyboard: null });
    shelf.append(made);
    made.scrollIntoView({ inline: "center" });
  }
}

function note(violation, count) {
  broken = count;
  rules.hidden = false;
  rules.textContent = words.broken(count);
  const where = make("code", {}, `${violation.flavour} ${violation.method} · ${violation.rule}: ${violation.detail}`);
  document.querySelector(".rules-dialog ol").append(make("li", {}, where));
}

function prepareRules() {
  rules.addEventListener("click", () => document.querySelector(".rules-dialog").showModal());
}

function prepareDrawer() {
  const dialog = document.querySelector(".others-dialog");
  document.querySelector(".top .others").addEventListener("click", () => dialog.showModal());
}

function preparePictures() {
  const dialog = document.querySelector(".picture-dialog");
  shelf.addEventListener("enlarge", ({ detail }) => {
    dialog.querySelector("img").src = detail;
    dialog.showModal();
  });
}

function prepareAdding() {
  const dialog = document.querySelector(".add-dialog");
  const form = dialog.querySelector("form");
  document.querySelector(".top .add").addEventListener("click", () => dialog.showModal());
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector(".error");
    try {
      await addPhone(Object.fromEntries(new FormData(form)));
      error.hidden = true;
      form.reset();
      dialog.close();
    } catch {
      error.textContent = words.failed;
      error.hidden = false;
    }
  });
}
