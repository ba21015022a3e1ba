"""Telephones with voices, and with none: a headless browser has no voice, so we give it the ones we want to meet."""

import json
from collections.abc import Iterable

from playwright.sync_api import Page

# `spoken` keeps what was said, `marked` which words stood out when each was said, `played` the recordings.
_VOICES = """([languages, pace]) => {
  window.spoken = []; window.marked = []; window.played = []; window.cancelled = 0;
  const voices = languages.map(([lang, localService]) => ({lang, localService, name: lang, default: false}));
  const speech = new EventTarget();
  let current;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  Object.assign(speech, {
    known: [],
    getVoices: () => speech.known,
    speak(utterance) {
      spoken.push({text: utterance.text.trim(), lang: utterance.lang, rate: utterance.rate});
      const words = [...utterance.text.matchAll(/\\S+/g)];
      current = utterance;
      const next = () => {
        if (current !== utterance) return;
        const word = words.shift();
        if (!word) return utterance.onend();
        utterance.onboundary({name: "word", charIndex: word.index, charLength: word[0].length});
        marked.push(...[...(CSS.highlights?.get("said") ?? [])].map(String));
        marked.push(...[...document.querySelectorAll(".is-said")].map((one) => one.textContent.trim()));
        setTimeout(next, pace);
      };
      setTimeout(next);
    },
    cancel() {
      cancelled += 1;
      const utterance = current;
      current = undefined;
      utterance?.onerror({error: "interrupted"});
    },
  });
  Object.defineProperty(window, "speechSynthesis", {value: speech});
  setTimeout(() => { speech.known = voices; speech.dispatchEvent(new Event("voiceschanged")); }, 100);
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () { played.push(this); return play.call(this); };
}"""


def give_voices(page: Page, *languages: str, remote: Iterable[str] = (), pace: int = 15) -> None:
    """From its next page on. `remote` voices would send the text to somebody's server. `pace` is milliseconds a word."""
    voices = [(language, True) for language in languages] + [(language, False) for language in remote]
    page.add_init_script(f"({_VOICES})({json.dumps([voices, pace])})")


def spoken(page: Page) -> list[dict]:
    return page.evaluate("window.spoken")


def played(page: Page) -> list[tuple[str, float]]:
    """(path, how far it was heard in seconds) of every recording that began."""
    return page.evaluate("window.played.map((one) => [new URL(one.src).pathname, one.currentTime])")
