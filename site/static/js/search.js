// <search-in-page>: the index comes to the page, so no word that is typed ever leaves it, and none enters the address.
"use strict";

// Words that say nothing about what is looked for.
const SMALL = new Set("a after an and are as at be but by can do for from has have how i if in into is it its my not of on or our so that the their them they this to was we what when where which who will with you your".split(" "));

// English endings, cut gently: telling, tells and tell meet; so do worries and worry.
function stem(word) {
  let cut = word.replace(/['’]s?$/, "");
  if (cut.length > 4) cut = cut.replace(/ies$/, "y").replace(/(ss|sh|ch|x|z)es$/, "$1").replace(/([^s])s$/, "$1");
  if (cut.length > 5) cut = cut.replace(/(?:ing|ed|ly)$/, "").replace(/([bdgklmnprt])\1$/, "$1");
  if (cut.length > 6) cut = cut.replace(/(?:ation|ment|ness)$/, "");
  return cut.length > 4 ? cut.replace(/e$/, "") : cut;
}

const term = (word) => { const low = word.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, ""); return SMALL.has(low) ? null : stem(low); };

class SearchInPage extends HTMLElement {
  async connectedCallback() {
    this.status = this.querySelector(".search-count");
    this.list = this.querySelector(".search-results");
    this.field = this.querySelector("input");
    this.querySelector(".search-box").hidden = false;
    this.field.addEventListener("input", () => this.look());
    addEventListener("pagehide", () => { this.field.value = ""; });
    try {
      this.take(await this.received());
    } catch (error) {
      this.status.textContent = this.status.dataset.failed;
    }
  }

  // In a copy without a server the index stands in the page itself, because a file may not fetch another.
  async received() {
    const here = this.querySelector("script[type='application/json']");
    if (here) return JSON.parse(here.textContent);
    const answer = await fetch(this.dataset.index);
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  take({ entries, synonyms }) {
    this.synonyms = synonyms;
    this.index = new MiniSearch({
      fields: ["title", "summary", "words", "text"],
      storeFields: ["title", "summary", "address", "kind"],
      processTerm: term,
      tokenize: (text) => text.split(/[^\p{L}\p{N}.'’-]+|(?<=\p{L})-(?=\p{L})/u).map((word) => word.replace(/^[.'’-]+|[.'’-]+$/g, "")).filter(Boolean),
      searchOptions: { boost: { title: 6, words: 4, summary: 3 }, prefix: (word, at, all) => at === all.length - 1 && word.length > 2, fuzzy: (word) => (word.length > 3 ? 0.25 : false), maxFuzzy: 2, weights: { fuzzy: 0.25, prefix: 0.4 } },
    });
    this.index.addAll(entries);
    this.look();
  }

  // What people type and what our pages call it are not always the same word.
  meant(query) {
    const asked = ` ${query.toLowerCase().replace(/[^\p{L}\p{N}'’]+/gu, " ")} `;
    return this.synonyms.filter((group) => group.say.some((say) => asked.includes(` ${say.toLowerCase().replace(/[^\p{L}\p{N}'’]+/gu, " ")} `))).map((group) => group.mean);
  }

  find(query) {
    const meanings = this.meant(query);
    if (!meanings.length) return this.index.search(query);
    return this.index.search({ combineWith: "OR", queries: [query, ...meanings.map((mean) => ({ queries: [mean], boost: 2 }))] });
  }

  look() {
    const query = this.field.value.trim();
    if (!this.index || !query) { this.status.textContent = ""; this.list.replaceChildren(); return; }
    const found = this.find(query).slice(0, 20);
    const { none, one, many } = this.status.dataset;
    this.status.textContent = found.length === 0 ? none : found.length === 1 ? one : `${found.length} ${many}`;
    this.list.replaceChildren(...found.map((result) => this.item(result)));
  }

  item(result) {
    const item = document.createElement("li");
    const kind = document.createElement("span");
    const link = document.createElement("a");
    const summary = document.createElement("p");
    kind.className = "result-kind";
    kind.textContent = this.list.dataset[result.kind] || "";
    link.href = result.address;
    link.textContent = result.title;
    summary.textContent = result.summary;
    item.append(kind, link, summary);
    return item;
  }
}

customElements.define("search-in-page", SearchInPage);
