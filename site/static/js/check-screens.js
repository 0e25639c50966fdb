// <check-screens>: without scripts the questions stand one below the other. With them, one at a time. Nothing is sent before Send.
"use strict";

class CheckScreens extends HTMLElement {
  connectedCallback() {
    this.screens = [...this.querySelectorAll(".check-screen")];
    this.form = this.querySelector("form");
    this.buttons();
    this.form.addEventListener("submit", (event) => {
      const missing = this.screens.find((screen) => !this.answered(screen));
      if (!missing) return;
      event.preventDefault();
      this.go(missing, true);
      this.say(true);
    });
    // Enter in an answer means Next, and not Send.
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.type !== "radio") return;
      event.preventDefault();
      this.next();
    });
    this.form.addEventListener("change", () => this.say(false));
    addEventListener("hashchange", () => this.asked());
    if (!this.asked()) this.go(this.screens.find((screen) => screen.classList.contains("field-wrong")) || this.screens[0], false);
  }

  // A link in the list of what is missing leads to an answer, which may stand on another screen.
  asked() {
    const place = location.hash && document.getElementById(location.hash.slice(1));
    const screen = place && this.screens.find((found) => found.contains(place));
    if (screen) { this.go(screen, false); place.focus(); }
    return screen;
  }

  go(screen, focus) {
    this.aloud.quiet();
    for (const other of this.screens) other.hidden = other !== screen;
    this.now = screen;
    this.back.hidden = screen === this.screens[0];
    this.on.hidden = screen === this.screens.at(-1);
    this.send.hidden = !this.on.hidden;
    screen.append(this.row);
    this.say(false);
    if (focus) { screen.focus({ preventScroll: true }); scrollTo(0, 0); }
  }

  next() {
    if (!this.answered(this.now)) { this.say(true); return; }
    const place = this.screens.indexOf(this.now);
    if (this.now === this.screens.at(-1)) this.send.focus();
    else this.go(this.screens[place + 1], true);
  }

  answered(screen) {
    return Boolean(screen.querySelector("input:checked"));
  }

  say(missing) {
    this.status.textContent = missing ? this.dataset.choose : "";
  }

  buttons() {
    this.send = this.form.querySelector("button[type=submit]");
    this.status = document.createElement("p");
    this.status.className = "field-error check-status";
    this.status.setAttribute("role", "alert");
    this.back = this.button(this.dataset.back, "button button-quiet", () => this.go(this.screens[this.screens.indexOf(this.now) - 1], true));
    this.on = this.button(this.dataset.next, "button", () => this.next());
    this.aloud = new ReadAloud(this.dataset.read, this.dataset.stop, () => [...this.now.querySelectorAll(".check-ask, .check-answer")]);
    this.row = document.createElement("div");
    this.row.className = "check-buttons";
    this.row.append(this.status, this.back, this.on, this.send, this.aloud.button);
    this.querySelectorAll(".check-on, .check-send").forEach((place) => place.remove());
  }

  button(words, css, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = css;
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }
}

customElements.define("check-screens", CheckScreens);
