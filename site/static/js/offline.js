// <offline-lessons>: a lesson named in the address (/offline/#tell-and-tell-again) is kept on this device when somebody presses, and
// goes with another press. Each stands in a cache of its own, with all that its pages show.
"use strict";

const CACHE = "kept-"; // and the lesson's id
const LIST = "/offline/"; // and the lesson's id, and .json: what to keep
const LONGEST = 180 * 24 * 60 * 60 * 1000; // as in the worker

// This page alone may name a script to the browser, and only this one.
const WORKER = "/offline-worker.js";
const policy = window.trustedTypes ? trustedTypes.createPolicy("keep-offline", { createScriptURL: () => WORKER }) : null;

class OfflineLessons extends HTMLElement {
  async connectedCallback() {
    this.offer = this.querySelector(".offline-offer");
    this.status = this.querySelector("[role=status]");
    this.hidden = false;
    if (!("serviceWorker" in navigator) || !("caches" in window)) { this.say("cannot"); return; }
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this[button.dataset.do](button);
    });
    addEventListener("hashchange", () => this.ask());
    await this.show();
    await this.ask();
  }

  say(name, values = {}) {
    this.status.textContent = name ? Object.entries(values).reduce((words, [key, value]) => words.replace(`{${key}}`, value), this.status.dataset[name]) : "";
  }

  // The lesson that the address names, with its size. Nothing is kept yet.
  async ask() {
    const id = location.hash.slice(1);
    this.offer.hidden = true;
    this.querySelector(".offline-choose").open = !id;
    if (!/^[a-z0-9-]+$/.test(id) || await caches.has(CACHE + id)) return;
    try {
      const answer = await fetch(`${LIST}${id}.json`);
      if (!answer.ok) throw new Error(String(answer.status));
      this.asked = { id, ...await answer.json() };
    } catch (error) { this.say("unknown"); return; }
    this.offer.querySelector("h3").textContent = this.asked.title;
    const size = this.offer.querySelector(".offline-size");
    size.textContent = size.dataset.words.replace("{size}", this.megabytes(this.asked.size));
    this.offer.hidden = false;
    this.offer.scrollIntoView({ block: "center" });
    this.offer.focus({ preventScroll: true });
  }

  megabytes(bytes) { return (bytes / 1e6).toFixed(1); }

  async keep(button) {
    const { id, title, address, addresses, size } = this.asked;
    button.disabled = true;
    this.say("keeping", { title });
    try {
      const cache = await caches.open(CACHE + id);
      for (const each of addresses) await cache.put(each, await this.fetched(each));
      await cache.put(`${LIST}${id}.json`, this.dated(JSON.stringify({ title, address, size }), {}));
      await this.register();
      this.offer.hidden = true;
      this.say("kept", { title });
    } catch (error) {
      await caches.delete(CACHE + id);
      await this.tidy();
      this.say("failed", { title });
    }
    button.disabled = false;
    await this.show();
  }

  async fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) throw new Error(`${address} ${answer.status}`);
    return this.dated(await answer.blob(), Object.fromEntries(answer.headers));
  }

  dated(body, headers) { return new Response(body, { headers: { ...headers, "x-kept": String(Date.now()) } }); }

  async register() {
    const worker = policy ? policy.createScriptURL(WORKER) : WORKER;
    for (const scope of this.dataset.scopes.split(" ")) await navigator.serviceWorker.register(worker, { scope, updateViaCache: "none" });
  }

  async remove(button) {
    await caches.delete(CACHE + button.dataset.lesson);
    this.say("removed");
    await this.show();
    await this.ask();
  }

  async forget() {
    for (const { id } of await this.everything()) await caches.delete(CACHE + id);
    this.say("removed");
    await this.show();
    await this.ask();
  }

  async everything() {
    const found = [];
    for (const name of await caches.keys()) {
      const id = name.slice(CACHE.length);
      const list = name.startsWith(CACHE) && await (await caches.open(name)).match(`${LIST}${id}.json`);
      if (list && Date.now() - Number(list.headers.get("x-kept")) < LONGEST) found.push({ id, ...await list.json() });
      else await caches.delete(name); // half kept, or kept too long
    }
    return found;
  }

  // When nothing is left, nothing of ours is left: the worker goes too.
  async tidy() {
    if ((await caches.keys()).length) return;
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  }

  async show() {
    const kept = await this.everything();
    await this.tidy();
    this.querySelector(".offline-kept").hidden = kept.length === 0;
    this.querySelector(".offline-none").hidden = kept.length > 0;
    this.querySelector(".offline-kept ul").replaceChildren(...kept.map((lesson) => this.item(lesson)));
  }

  item({ id, title, address, size }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const button = document.createElement("button");
    link.href = address;
    link.textContent = title;
    button.type = "button";
    button.className = "button button-quiet";
    button.dataset.do = "remove";
    button.dataset.lesson = id;
    button.textContent = this.dataset.remove;
    button.setAttribute("aria-label", `${this.dataset.remove}: ${title}`);
    item.append(link, ` ${this.megabytes(size)} MB `, button);
    return item;
  }
}

customElements.define("offline-lessons", OfflineLessons);
