// A button that reads words aloud, for pages whose own script says which words. It hides where the device has no voice of its own:
// a voice from a server would be told what is read.
"use strict";

class ReadAloud {
  constructor(read, stop, words) {
    this.names = { read, stop };
    this.words = words;
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "button button-quiet";
    this.button.textContent = read;
    this.button.addEventListener("click", () => this.press());
    const offer = () => { this.button.hidden = !this.voice(); };
    if (window.speechSynthesis) speechSynthesis.addEventListener("voiceschanged", offer);
    offer();
    addEventListener("pagehide", () => this.quiet());
  }

  voice() {
    return window.speechSynthesis && speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.startsWith("en"));
  }

  press() {
    if (speechSynthesis.speaking) { this.quiet(); return; }
    const speech = new SpeechSynthesisUtterance(this.words().map((found) => found.textContent).join(". "));
    speech.voice = this.voice();
    speech.lang = "en-GB";
    speech.rate = 0.9;
    speech.onend = () => { this.button.textContent = this.names.read; };
    this.button.textContent = this.names.stop;
    speechSynthesis.speak(speech);
  }

  quiet() {
    if (!window.speechSynthesis) return;
    speechSynthesis.cancel();
    this.button.textContent = this.names.read;
  }
}
