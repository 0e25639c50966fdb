// <my-starfish>: names are typed or drawn. Nothing is sent or kept; leaving the page rubs it out.
"use strict";

class MyStarfish extends HTMLElement {
  connectedCallback() {
    this.canvas = this.querySelector("canvas");
    this.pen = this.canvas.getContext("2d");
    this.querySelector(".star-buttons").hidden = false;
    this.querySelector(".star-buttons").addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this[button.dataset.do](button);
    });
    this.clear();
    this.draws();
    addEventListener("pagehide", () => this.clear());
    addEventListener("pageshow", (event) => { if (event.persisted) this.clear(); });
  }

  print() { window.print(); }

  clear() {
    this.querySelectorAll("input").forEach((field) => { field.value = ""; });
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  draw(button) {
    const drawing = this.classList.toggle("drawing");
    button.setAttribute("aria-pressed", String(drawing));
    this.canvas.hidden = false;
    this.canvas.style.pointerEvents = drawing ? "auto" : "none";
  }

  draws() {
    let last = null;
    const point = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return [(event.clientX - box.left) * this.canvas.width / box.width, (event.clientY - box.top) * this.canvas.height / box.height];
    };
    this.canvas.addEventListener("pointerdown", (event) => { last = point(event); this.canvas.setPointerCapture(event.pointerId); });
    this.canvas.addEventListener("pointermove", (event) => {
      if (!last) return;
      const now = point(event);
      Object.assign(this.pen, { lineWidth: 9, lineCap: "round", strokeStyle: "#12343b" });
      this.pen.beginPath();
      this.pen.moveTo(...last);
      this.pen.lineTo(...now);
      this.pen.stroke();
      last = now;
    });
    for (const end of ["pointerup", "pointercancel"]) this.canvas.addEventListener(end, () => { last = null; });
  }
}

customElements.define("my-starfish", MyStarfish);
