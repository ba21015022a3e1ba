/**
 * Reads a page aloud: a recorded voice where there is one (data-sound), else the device's own voice of the text's
 * language, else nothing. Only voices that live on the device: others would send the text to somebody's server.
 */
const SKIPPED =
  "[hidden], [aria-hidden=true], svg, nav, form:not(#question), select, button:not(.term), summary, audio, noscript, template, " +
  "legend, [popover], details:not([open]), listen-button, .step__head, .other-language, .practice__screen, .practice__tools";
const speech = window.speechSynthesis;
const main = document.querySelector("main");
const primary = (language) => language.toLowerCase().split(/[-_]/)[0];

/** What a person chose on this device; a browser that keeps nothing forgets it with the page. */
const kept = {
  get(name) {
    try {
      return localStorage.getItem(`listen.${name}`) === "yes";
    } catch {
      return false;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`listen.${name}`, value ? "yes" : "no");
    } catch {
      // Private windows of some browsers; the choice holds for this page.
    }
  },
};

function voiceOf(language) {
  const own = (speech?.getVoices() ?? []).filter(
    (voice) => voice.localService && primary(voice.lang) === primary(language),
  );
  return own.find((voice) => voice.default) ?? own[0];
}

const choices = { slow: kept.get("slow"), hide: kept.get("hide") };

// What is said ──────────────────────────────────────────────────────────────

/** [{nodes: [{node, start}], text, language, sound}]: texts of one block in one language, in the order of the page. */
function passages(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    const isShown = !node.matches(SKIPPED) && node.getClientRects().length;
    return isShown ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_REJECT;
  });
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let last = found.at(-1);
    if (!node.data.trim()) {
      if (last) last.text += " "; // between two words with their own elements
      continue;
    }
    let block = node.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const language = node.parentElement.closest("[lang]").lang;
    const sound = node.parentElement.closest("[data-sound]")?.dataset.sound;
    if (last?.block !== block || last.language !== language || last.sound !== sound) {
      found.push((last = { block, language, sound, text: "", nodes: [] }));
    }
    last.nodes.push({ node, start: last.text.length });
    last.text += node.data;
  }
  return found;
}

function sentences({ text, language }) {
  if (window.Intl?.Segmenter) return [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(text)];
  return [...text.matchAll(/[^.!?…؟።]+[.!?…؟።]*\s*/g)].map((found) => ({ segment: found[0], index: found.index }));
}

// Which words are marked ────────────────────────────────────────────────────

function rangeOf({ nodes }, from, to) {
  const place = (offset) => nodes.findLast(({ start }) => start <= offset) ?? nodes[0];
  const range = new Range();
  const [first, last] = [place(from), place(Math.max(from, to - 1))];
  range.setStart(first.node, Math.min(from - first.start, first.node.length));
  range.setEnd(last.node, Math.min(to - last.start, last.node.length));
  return range;
}

let marked;
function mark(passage, from, to) {
  unmark();
  if (window.Highlight && CSS.highlights) {
    CSS.highlights.set("said", new Highlight(rangeOf(passage, from, to)));
  } else {
    marked = passage.nodes.find(({ start }) => start <= from)?.node.parentElement;
    marked?.classList.add("is-said");
  }
}
function unmark() {
  CSS.highlights?.delete("said");
  marked?.classList.remove("is-said");
}

// Saying it ─────────────────────────────────────────────────────────────────

const broken = new Set();
let turn = 0; // whoever begins or stops ends the turn before
let audio;
let utterance; // kept: some engines forget to tell the end of one that nobody holds

function stop() {
  turn += 1;
  audio?.pause();
  speech?.cancel();
  unmark();
  for (const button of document.querySelectorAll(".is-speaking")) button.classList.remove("is-speaking");
}

async function say(found, button) {
  stop();
  const mine = turn;
  button.classList.add("is-speaking");
  let heard; // a recording that says several blocks is played once
  for (const passage of found) {
    if (passage.sound && (passage.sound === heard || (await play(passage.sound, mine)))) heard = passage.sound;
    else if (mine === turn) await speak(passage, mine);
    if (mine !== turn) return;
  }
  stop();
}

/** Whether it could be played: the file may be gone, or of a kind this device does not know. */
function play(url, mine) {
  return new Promise((done) => {
    const fail = () => {
      if (mine === turn) broken.add(url);
      done(false);
    };
    if (broken.has(url)) return fail();
    audio ??= new Audio();
    audio.onended = audio.onpause = () => done(true);
    audio.onerror = fail;
    audio.src = url;
    audio.playbackRate = audio.defaultPlaybackRate = choices.slow ? 0.75 : 1;
    audio.play().catch(fail);
  });
}

/** Sentence by sentence: some engines fall silent after fifteen seconds. */
async function speak(passage, mine) {
  const voice = voiceOf(passage.language);
  if (!voice) return;
  for (const { segment, index } of sentences(passage)) {
    if (mine !== turn) return;
    await new Promise((done) => {
      utterance = new SpeechSynthesisUtterance(segment);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = choices.slow ? 0.7 : 1;
      utterance.onboundary = ({ name, charIndex, charLength }) => {
        if (mine !== turn || name === "sentence") return;
        const length = charLength || /^\S*/.exec(segment.slice(charIndex))[0].length;
        mark(passage, index + charIndex, index + charIndex + length);
      };
      utterance.onend = utterance.onerror = done;
      mark(passage, index, index + segment.trimEnd().length);
      speech.speak(utterance);
    });
  }
}

// Buttons ───────────────────────────────────────────────────────────────────

class ListenButton extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.toggle(this.button, main));
    this.choices = [...document.querySelectorAll("[data-choice]")];
    for (const choice of this.choices) {
      choice.addEventListener("click", () => this.choose(choice.dataset.choice, !choices[choice.dataset.choice]));
    }
    speech?.addEventListener?.("voiceschanged", () => this.offer());
    this.offer();
  }

  /** Voices may come late: each time, what can be heard by now gets its button. */
  offer() {
    const canSpeak = (part) =>
      part.querySelector("[data-sound]") || voiceOf((part.querySelector("[lang]") ?? part.closest("[lang]")).lang);
    if (!("isRecorded" in this.dataset) && !voiceOf(this.dataset.language)) return;
    this.classList.add("is-ready");
    for (const part of document.querySelectorAll(".heard")) {
      if (!part.querySelector("button") && canSpeak(part)) this.add(part);
    }
    for (const choice of this.choices) choice.parentElement.hidden = false;
    for (const name of Object.keys(choices)) this.show(name);
  }

  /** A small button beside one answer, or what is told after it. */
  add(part) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "heard__button";
    button.setAttribute("aria-label", `${this.dataset.label}: ${passages(part).map(({ text }) => text.trim()).join(" ")}`);
    button.append(this.querySelector("svg").cloneNode(true));
    button.addEventListener("click", () => this.toggle(button, part));
    part.append(button);
  }

  toggle(button, root) {
    if (button.classList.contains("is-speaking")) stop();
    else say(passages(root), button);
  }

  choose(name, value) {
    choices[name] = value;
    kept.set(name, value);
    if (audio) audio.playbackRate = audio.defaultPlaybackRate = choices.slow ? 0.75 : 1;
    this.show(name);
  }

  show(name) {
    if (name === "hide") main.classList.toggle("has-hidden-text", choices.hide);
    const button = this.choices.find((choice) => choice.dataset.choice === name);
    if (!button) return;
    const { other } = button.dataset;
    if (other) {
      button.dataset.usual ??= button.textContent;
      button.textContent = choices[name] ? other : button.dataset.usual;
    } else {
      button.setAttribute("aria-pressed", choices[name]);
    }
  }
}

customElements.define("listen-button", ListenButton);
// Some engines go on speaking when the page is left.
addEventListener("pagehide", stop);
