// <story-path>: without scripts a story is a deck of cards, one below the other. With them, one card at a time.
// What is chosen stays in the page.
"use strict";

class StoryPath extends HTMLElement {
  connectedCallback() {
    this.scenes = [...this.querySelectorAll(".scene")];
    this.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const scene = link && this.scenes.find((found) => "#" + found.id === link.getAttribute("href"));
      if (!scene) return;
      event.preventDefault();
      this.go(scene, true);
    });
    this.buttons();
    const asked = this.scenes.find((scene) => "#" + scene.id === location.hash);
    this.go(asked || this.scenes.find((scene) => scene.id === this.dataset.start), Boolean(asked));
  }

  go(scene, focus) {
    this.aloud.quiet();
    for (const other of this.scenes) other.hidden = other !== scene;
    scene.querySelectorAll("details[open]").forEach((choice) => { choice.open = false; });
    this.now = scene;
    this.again.hidden = scene.id === this.dataset.start;
    if (focus) { scene.focus({ preventScroll: true }); scene.scrollIntoView({ block: "nearest" }); }
  }

  buttons() {
    const row = document.createElement("div");
    row.className = "story-buttons";
    this.again = this.button(this.dataset.again, () => this.go(this.scenes.find((scene) => scene.id === this.dataset.start), true));
    row.append(this.again);
    const words = () => [this.now.querySelector(".scene-text"), ...this.now.querySelectorAll("summary"), ...this.now.querySelectorAll("details[open] .reply > p:first-child")];
    this.aloud = new ReadAloud(this.dataset.read, this.dataset.stop, words);
    row.append(this.aloud.button);
    this.append(row);
  }

  button(words, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = words;
    button.addEventListener("click", act);
    return button;
  }
}

customElements.define("story-path", StoryPath);
