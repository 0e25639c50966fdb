// Leave this page. First in <head> and blocking, so that a tab that has left never shows a page of ours again:
// a plain navigation would let the Back button bring it back.
(function () {
  "use strict";

  var FLAG = "left"; // in sessionStorage: this tab only, gone when the tab closes
  var WITHIN = 5000; // milliseconds for three presses of Shift
  var root = document.documentElement;

  function flagged() {
    try { return sessionStorage.getItem(FLAG) === "1"; } catch (error) { return false; }
  }

  function blank() {
    root.hidden = true;
    root.style.setProperty("display", "none", "important");
    document.title = " ";
    document.querySelectorAll("audio, video").forEach(function (media) { media.pause(); });
    if (window.speechSynthesis) window.speechSynthesis.cancel();
  }

  function address() {
    var link = document.querySelector("a[data-leave]");
    return link ? link.href : root.dataset.leave;
  }

  function leave() {
    try { sessionStorage.setItem(FLAG, "1"); } catch (error) { /* leaving matters more */ }
    blank();
    document.querySelectorAll("input, textarea").forEach(function (field) { field.value = ""; });
    location.replace(address());
  }

  if (flagged()) {
    blank();
    location.replace(root.dataset.leave);
  }
  addEventListener("pageshow", function () { if (flagged()) { blank(); location.replace(root.dataset.leave); } });

  addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a[data-leave]")) {
      event.preventDefault();
      leave();
    }
  }, true);

  // Shift three times. Either Shift key; Shift as part of another key's press does not count; any other key starts again.
  var presses = [];
  var alone = false;

  function say(count) {
    var status = document.querySelector("[data-leave-status]");
    if (!status) return;
    status.textContent = count ? status.dataset["press" + count] || "" : "";
    status.dataset.count = String(count);
  }

  addEventListener("keydown", function (event) {
    if (event.key === "Shift") { alone = !event.repeat || alone; return; }
    alone = false;
    presses = [];
    say(0);
  }, true);

  addEventListener("keyup", function (event) {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    var now = Date.now();
    presses = presses.filter(function (then) { return now - then < WITHIN; }).concat(now);
    if (presses.length >= 3) { leave(); return; }
    say(presses.length);
    setTimeout(function () {
      presses = presses.filter(function (then) { return Date.now() - then < WITHIN; });
      say(presses.length);
    }, WITHIN + 50);
  }, true);
})();
