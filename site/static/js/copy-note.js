// <copy-note>: in a copy of the site that nobody brings up to date. After half a year the page itself says first that it is old.
"use strict";

const OLD = 180 * 24 * 60 * 60 * 1000; // as long as a number of a helpline counts as checked lately

class CopyNote extends HTMLElement {
  connectedCallback() {
    if (Date.now() - new Date(this.dataset.day).getTime() < OLD) return;
    const old = this.querySelector(".copy-old");
    old.hidden = false;
    document.querySelector("main").prepend(old);
  }
}

customElements.define("copy-note", CopyNote);
