// <arrange-plan>: a lesson of a plan is dragged by its handle. The buttons Up and Down do the same without scripts.
// The order is that of the hidden fields in the page, so dropping only sends the form.
"use strict";

class ArrangePlan extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    for (const handle of this.querySelectorAll(".drag")) {
      handle.hidden = false;
      handle.addEventListener("pointerdown", (event) => this.take(event));
    }
    this.addEventListener("pointermove", (event) => this.move(event));
    this.addEventListener("pointerup", () => this.drop(true));
    this.addEventListener("pointercancel", () => this.drop(false));
  }

  take(event) {
    if (event.button !== 0) return;
    event.preventDefault();
    this.setPointerCapture(event.pointerId); // not the handle: a node that moves lets go
    this.taken = event.target.closest("li");
    this.before = [...this.list.children];
    this.taken.classList.add("plan-step-taken");
  }

  move(event) {
    if (!this.taken) return;
    const others = [...this.list.children].filter((step) => step !== this.taken);
    const middle = (step) => { const box = step.getBoundingClientRect(); return box.top + box.height / 2; };
    const below = others.find((step) => event.clientY < middle(step)) || null;
    if (below !== this.taken.nextElementSibling) this.list.insertBefore(this.taken, below);
  }

  drop(kept) {
    if (!this.taken) return;
    this.taken.classList.remove("plan-step-taken");
    this.taken = null;
    if (!kept) this.list.replaceChildren(...this.before);
    else if (this.before.some((step, place) => step !== this.list.children[place])) this.querySelector("#arrange").submit();
  }
}

customElements.define("arrange-plan", ArrangePlan);
