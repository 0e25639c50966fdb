// <slide-deck>: the long page of slides becomes a deck. A second window (N) shows the notes and follows.
// The address may end in #15 or #30: then only the slides of that plan are shown. Nothing is sent; both windows are on this machine.
"use strict";

class SlideDeck extends HTMLElement {
  connectedCallback() {
    this.root = document.documentElement;
    this.asked = location.hash.slice(1);
    const notes = this.asked.startsWith("notes");
    this.length = ["15", "30"].find((length) => this.asked.endsWith(length)) || "50";
    this.slides = [...this.querySelectorAll(".slide")].filter((slide) => slide.dataset.lengths.split(" ").includes(this.length));
    this.here = Math.max(0, this.slides.findIndex((slide) => slide.id === this.asked));
    this.channel = new BroadcastChannel("starfish-slides-" + this.dataset.lesson);
    this.channel.onmessage = (message) => this.heard(message.data);
    this.root.classList.add("deck-on");
    this.querySelector(".deck-bar").hidden = false;
    this.querySelector(".deck-keys").hidden = false;
    this.querySelector("progress").max = this.slides.length;
    this.clock = null;
    if (notes) this.becomeNotes();
    this.querySelector(".deck-bar").addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.key(event));
    this.swipes();
    if (!document.fullscreenEnabled) this.button("fill").hidden = true;
    this.show(this.here, false);
    if (!notes) {
      addEventListener("resize", () => this.fit());
      document.fonts.ready.then(() => this.fit());
    }
    if (notes) this.channel.postMessage({ ask: true });
  }

  button(name) { return this.querySelector(`[data-do="${name}"]`); }

  becomeNotes() {
    this.notes = true;
    this.root.classList.add("notes-on");
    this.querySelector(".notes-view").hidden = false;
    for (const name of ["notes", "fill", "dark"]) this.button(name).hidden = true;
  }

  show(index, tell = true) {
    this.here = Math.min(Math.max(index, 0), this.slides.length - 1);
    const slide = this.slides[this.here];
    this.querySelectorAll(".now-shown").forEach((shown) => shown.classList.remove("now-shown"));
    slide.classList.add("now-shown");
    this.querySelector("progress").value = this.here + 1;
    const place = this.querySelector(".deck-place");
    place.textContent = `${this.here + 1} ${place.dataset.of} ${this.slides.length}`;
    const number = slide.querySelector(".slide-number");
    if (number) number.textContent = place.textContent;
    if (this.notes) this.showNotes(slide);
    else this.fit();
    if (tell) this.channel.postMessage({ at: slide.id });
  }

  // A slide too full for this screen gets smaller letters, in two steps: the last line is often a number to ring.
  fit() {
    const slide = this.slides[this.here];
    const face = slide.querySelector(".slide-face");
    slide.classList.remove("snug", "small");
    for (const step of ["snug", "small"]) {
      if (face.scrollHeight <= face.clientHeight + 1) return;
      slide.classList.add(step);
    }
  }

  showNotes(slide) {
    const title = (found) => found.querySelector("h2").textContent;
    this.querySelector(".notes-slide").textContent = title(slide);
    const words = this.querySelector(".notes-words");
    words.replaceChildren(...[...slide.querySelector(".slide-notes").children].map((child) => child.cloneNode(true)));
    const next = this.querySelector(".notes-next-title");
    const following = this.slides[this.here + 1];
    next.textContent = following ? title(following) : next.dataset.last;
  }

  heard(message) {
    if (message.ask && !this.notes) this.channel.postMessage({ at: this.slides[this.here].id, dark: this.dark === true });
    if (message.at) {
      const index = this.slides.findIndex((slide) => slide.id === message.at);
      if (index >= 0) this.show(index, false);
    }
    if ("dark" in message && !this.notes) this.setDark(message.dark);
  }

  setDark(dark) {
    this.dark = dark;
    this.root.classList.toggle("board-dark", dark);
    this.button("dark").setAttribute("aria-pressed", String(dark));
  }

  pressed(event) {
    const button = event.target.closest("[data-do]");
    if (button) this.act(button.dataset.do);
  }

  act(name) {
    if (name === "next") this.show(this.here + 1);
    if (name === "back") this.show(this.here - 1);
    if (name === "first") this.show(0);
    if (name === "last") this.show(this.slides.length - 1);
    if (name === "dark") this.setDark(!this.dark);
    if (name === "timer") this.timer();
    if (name === "notes") window.open(`${location.pathname}#notes${this.length === "50" ? "" : "-" + this.length}`, "starfish-notes", "width=900,height=700");
    if (name === "fill") { if (document.fullscreenElement) document.exitFullscreen(); else this.root.requestFullscreen(); }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const onControl = event.target.closest("button, a, summary");
    if (onControl && (event.key === " " || event.key === "Enter")) return;
    const keys = { ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Home: "first", End: "last", b: "dark", ".": "dark", n: "notes", t: "timer", f: "fill" };
    const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!name || (this.notes && ["dark", "notes", "fill"].includes(name))) return;
    event.preventDefault();
    this.act(name);
  }

  swipes() {
    let from = null;
    const deck = this.querySelector(".deck");
    deck.addEventListener("touchstart", (event) => { from = event.changedTouches[0]; }, { passive: true });
    deck.addEventListener("touchend", (event) => {
      const to = event.changedTouches[0];
      const across = to.clientX - from.clientX;
      if (Math.abs(across) > 50 && Math.abs(across) > Math.abs(to.clientY - from.clientY) * 1.5) this.act(across < 0 ? "next" : "back");
    }, { passive: true });
  }

  // Counts down the minutes of this slide's part; pressed again, it stops. At the end it shows 0:00 and makes no sound.
  timer() {
    const face = this.querySelector(".deck-clock");
    if (this.clock) {
      clearInterval(this.clock);
      this.clock = null;
      face.textContent = this.clockName;
      return;
    }
    this.clockName = this.clockName || face.textContent;
    const pairs = (this.slides[this.here].dataset.minutes || "").trim().split(" ").map((pair) => pair.split(":"));
    const minutes = Number((pairs.find(([length]) => length === this.length) || [])[1]) || 5;
    const end = Date.now() + minutes * 60000;
    const tick = () => {
      const left = Math.max(0, Math.round((end - Date.now()) / 1000));
      face.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    };
    tick();
    this.clock = setInterval(tick, 500);
  }
}

customElements.define("slide-deck", SlideDeck);
