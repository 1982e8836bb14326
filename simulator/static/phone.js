import { act, sendFile } from "./ask.js";
import { bubble } from "./bubble.js";
import { icon, icons, make } from "./elements.js";
import { question } from "./question.js";
import { sampleReceipt } from "./receipt.js";
import { day, words } from "./words.js";

const BUSY_MILLISECONDS = 5000;
const TOAST_MILLISECONDS = 4000;

/** A phone: what stands on it comes from the server, what is done on it goes there. */
export class ChatPhone extends HTMLElement {
  #messages = new Map();
  #hand = {
    open: (url) => this.#open(url),
    copy: (text) => this.#copy(text),
    tap: (message, row, column, button) => this.#tap(message, row, column, button),
    enlarge: (url) => this.dispatchEvent(new CustomEvent("enlarge", { detail: url, bubbles: true })),
  };

  /** Show a phone as the server describes it, with all that stands on it. */
  show(state) {
    this.dataset.phone = state.id;
    this.dataset.flavour = state.flavour;
    this.setAttribute("role", "region");
    this.setAttribute("aria-label", `${state.label || state.name}، ${words[state.flavour]}`);
    this.#build(state);
    this.#messages.clear();
    for (const message of state.messages) this.message(message, false);
    this.keyboard(state.keyboard);
    this.change(state);
  }

  #build(state) {
    this.talk = make("div", { className: "talk", role: "log", label: state.name });
    this.busy = make("p", { className: "busy", hidden: true });
    this.talk.append(this.busy);
    this.large = make("div", { className: "keys large", hidden: true });
    this.begin = make("button", { type: "button", className: "begin" });
    this.begin.addEventListener("click", () => this.#do(this.blocked ? "unblock" : "start"));
    this.replaceChildren(this.#header(state), this.talk, this.begin, this.large, this.#sheet(), this.#writing());
  }

  #header(state) {
    const who = make("div", { className: "who" }, make("strong", {}, state.name), make("span", {}, `${state.label ? `${state.label} · ` : ""}${words[state.flavour]}`));
    const face = make("span", { className: "face", ariaHidden: "true" }, [...state.name][0]);
    return make("header", {}, face, who, this.#menu(state));
  }

  #menu(state) {
    const menu = make("details", { className: "more" }, make("summary", { label: words.more }, "⋮"));
    const item = (text, run) => {
      const button = make("button", { type: "button" }, text);
      button.addEventListener("click", () => {
        menu.open = false;
        run();
      });
      return button;
    };
    this.blocker = item(words.block, () => this.#do("block"));
    const alone = make("a", { href: `/phone/${encodeURIComponent(state.id)}`, target: "_blank" }, words.own);
    menu.append(
      make("div", {}, alone, item(words.paste, () => this.#paste()), item(words.contact, () => this.#do("contact")), item(words.edit, () => this.#editLast()), item(words.repeat, () => this.#do("repeat")), this.blocker),
    );
    return menu;
  }

  #sheet() {
    this.file = make("input", { type: "file", accept: "image/png,image/jpeg,application/pdf", hidden: true, label: words.album });
    this.file.addEventListener("change", () => this.#sendChosen());
    const album = make("button", { type: "button" }, words.album);
    album.addEventListener("click", () => this.file.click());
    const sample = make("button", { type: "button", className: "sample" }, words.sample);
    sample.addEventListener("click", async () => this.#send(await sampleReceipt(), "receipt.jpg", "picture"));
    this.sheet = make("div", { className: "sheet", hidden: true }, this.file, album, sample);
    return this.sheet;
  }

  #writing() {
    const attach = make("button", { type: "button", className: "attach", label: words.attach }, icon(icons.clip));
    attach.addEventListener("click", () => {
      this.sheet.hidden = !this.sheet.hidden;
      this.#toEnd();
    });
    this.folder = make("button", { type: "button", className: "fold", label: words.keyboard, hidden: true }, icon(icons.keys));
    this.folder.addEventListener("click", () => this.#fold(!this.large.hidden));
    this.input = make("input", { name: "text", autocomplete: "off", dir: "auto", maxLength: 4096, placeholder: words.write, label: words.write, enterKeyHint: "send" });
    const send = make("button", { type: "submit", className: "send", label: words.send }, icon(icons.send));
    const form = make("form", { className: "write" }, attach, this.input, this.folder, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say();
    });
    return form;
  }

  /** A message came, changed or went. */
  message(message, fresh = true) {
    this.#quiet();
    const old = this.talk.querySelector(`[data-message="${message.id}"]`);
    this.#messages.set(message.id, message);
    if (message.deleted) {
      old?.remove();
      return;
    }
    const made = bubble(message, this.#hand);
    if (old) {
      old.replaceWith(made);
      return;
    }
    made.classList.toggle("fresh", fresh);
    this.#divide(message);
    this.talk.insertBefore(made, this.busy);
    this.#toEnd();
    this.begin.hidden = true;
  }

  #divide(message) {
    const today = day(message.time);
    if (this.talk.dataset.day === today) return;
    this.talk.dataset.day = today;
    this.talk.insertBefore(make("p", { className: "day" }, today), this.busy);
  }

  /** The large buttons changed, or went. */
  keyboard(keyboard) {
    this.folder.hidden = !keyboard;
    this.input.placeholder = keyboard?.placeholder || words.write;
    this.large.replaceChildren(...(keyboard?.rows ?? []).map((row) => make("div", {}, ...row.map((button) => this.#largeKey(button)))));
    this.#fold(!keyboard);
  }

  #largeKey(button) {
    const made = make("button", { type: "button", dir: "auto" }, button.text);
    made.addEventListener("click", () => this.#do("press", { text: button.text }));
    return made;
  }

  #fold(folded) {
    this.large.hidden = folded;
    this.folder.setAttribute("aria-expanded", String(!folded));
    this.#toEnd();
  }

  #toEnd() {
    requestAnimationFrame(() => (this.talk.scrollTop = this.talk.scrollHeight));
  }

  /** The bot was blocked or let in again. */
  change(state) {
    this.blocked = state.blocked;
    this.blocker.hidden = state.blocked;
    this.begin.textContent = state.blocked ? words.blocked : words.begin;
    this.begin.hidden = !state.blocked && this.#messages.size > 0;
  }

  /** The bot is typing, or sending something. */
  action(name) {
    this.busy.textContent = name === "typing" ? words.busy : words.sending;
    this.busy.hidden = false;
    this.#toEnd();
    clearTimeout(this.quietTimer);
    this.quietTimer = setTimeout(() => this.#quiet(), BUSY_MILLISECONDS);
  }

  #quiet() {
    this.busy.hidden = true;
  }

  /** Show a short word over the chat; an alert stays until it is closed. */
  toast(text, alert = false) {
    this.querySelector(".toast")?.remove();
    const made = make("div", { className: "toast", role: "alert", dir: "auto" }, text);
    if (alert) {
      const close = make("button", { type: "button" }, words.close);
      close.addEventListener("click", () => made.remove());
      made.append(close);
    } else setTimeout(() => made.remove(), TOAST_MILLISECONDS);
    this.append(made);
  }

  async #do(name, body = {}) {
    try {
      return await act(this.dataset.phone, name, body);
    } catch (error) {
      console.warn(error);
      this.toast(words.failed);
      return null;
    }
  }

  async #say() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    if ((await this.#do("say", { text })) === null) this.input.value = text;
  }

  async #tap(message, row, column, button) {
    button.classList.add("waiting");
    await this.#do("tap", { message, row, column });
    button.classList.remove("waiting");
  }

  async #open(url) {
    const said = await this.#do("open", { url });
    if (said?.outcome === "other_messenger") this.toast(words.otherMessenger);
    if (said?.outcome === "elsewhere") this.toast(`${words.elsewhere}\n${url}`, true);
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.toast(words.copied);
    } catch {
      // A page that is not on the loopback may not write to the clipboard: show the text instead.
      this.toast(text, true);
    }
  }

  async #paste() {
    const url = await question(words.pasteAsk);
    if (url) await this.#open(url);
  }

  async #editLast() {
    const own = [...this.#messages.values()].filter((message) => message.mine && !message.deleted && !message.file && !message.contact);
    const last = own.at(-1);
    const text = last && (await question(words.editAsk, last.text));
    if (text) await this.#do("edit", { message: last.id, text });
  }

  async #sendChosen() {
    const [file] = this.file.files;
    this.file.value = "";
    if (file) await this.#send(file, file.name, file.type.startsWith("image/") ? "picture" : "document");
  }

  async #send(file, name, kind) {
    this.sheet.hidden = true;
    try {
      await sendFile(this.dataset.phone, file, name, kind);
    } catch (error) {
      console.warn(error);
      this.toast(words.failed);
    }
  }
}

customElements.define("chat-phone", ChatPhone);
