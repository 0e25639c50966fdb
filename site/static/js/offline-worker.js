// Answers for lessons that somebody chose to keep, when the network does not. It is registered on /offline/, by a press, for
// /lessons/ and /offline/ alone: it never sees a help page or a guide, and it keeps nothing by itself.
"use strict";

const PATIENCE = 4000; // milliseconds: a network that says nothing for so long counts as none
const LONGEST = 180 * 24 * 60 * 60 * 1000; // numbers of helplines on a lesson count as checked lately for so long

async function kept(request) {
  const found = await caches.match(request, { ignoreVary: true });
  return found && Date.now() - Number(found.headers.get("x-kept")) < LONGEST ? found : undefined;
}

async function answer(request) {
  const found = await kept(request);
  if (!found) return fetch(request);
  const late = new Promise((_, refuse) => { setTimeout(refuse, PATIENCE); });
  return Promise.race([fetch(request), late]).catch(() => found);
}

addEventListener("fetch", (event) => {
  const ours = new URL(event.request.url).origin === location.origin;
  if (ours && event.request.method === "GET") event.respondWith(answer(event.request));
});
