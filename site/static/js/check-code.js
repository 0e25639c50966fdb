// <check-code>: takes the code out of the address, where the QR code put it behind the #, and writes it into the field.
// What stands behind the # is never sent to a server; from here on it stands in no address either.
"use strict";

class CheckCode extends HTMLElement {
  connectedCallback() {
    this.take();
    addEventListener("hashchange", () => this.take());
  }

  take() {
    const code = location.hash.slice(1).replace(/[^0-9a-z]/gi, "").slice(0, 40);
    if (!code) return;
    history.replaceState(null, "", location.pathname);
    this.querySelector("input[name=code]").value = code;
    this.querySelector("button").focus();
  }
}

customElements.define("check-code", CheckCode);
