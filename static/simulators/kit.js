/**
 * What a simulator is made of. `courses/simulators/README.md` is the cookbook.
 *
 * `kit(task)` gives words, fields and buttons that know the two languages and the guard against real numbers.
 */
import { Component, Fragment, h, render } from "./vendor/preact.js";
import htm from "./vendor/htm.js";
import { refusal } from "./guard.js";

export const html = htm.bind(h);
export { Component, Fragment, render };

const RTL = ["ar", "fa", "he", "ps", "ur"];
export const direction = (language) => (RTL.includes(language) ? "rtl" : "ltr");

const FAR_ENOUGH = 8; // pixels a finger moves before it drags

export function kit(task) {
  const { words, helpWords, screen, help, phone } = task;

  /** The word on the screen, in the screen language. `{name}` in it is filled from `values`. */
  const t = (key, values) => fill(words[key] ?? key, values);
  /** The same in the learner's own language; empty when both are one language or hers lacks it. */
  const own = (key, values) => (helpWords && helpWords[key] && helpWords[key] !== words[key] ? fill(helpWords[key], values) : "");

  /** A word of the screen with its meaning beneath, for labels and buttons. */
  function Word({ k, values }) {
    const meaning = own(k, values);
    return html`<span class="word-pair"><span>${t(k, values)}</span>${meaning && html`<small lang=${help} dir=${direction(help)}>${meaning}</small>`}</span>`;
  }

  /** A text of the screen: paragraphs, with the same in the learner's language to open beneath. */
  function Text({ k, values }) {
    const meaning = own(k, values);
    return html`<${Fragment}>${paragraphs(t(k, values))}${meaning &&
      html`<details class="in-mine" lang=${help} dir=${direction(help)}><summary>${task.ownName}</summary>${paragraphs(meaning)}</details>`}</${Fragment}>`;
  }

  /** A thing to press. `k` is its word; `icon` a sign before it; without `k` give `label` (a word's key) for the sign. */
  function Button({ part, k, values, icon, label, kind = "", onClick, children, ...rest }) {
    return html`<button type="button" class=${`sim-button ${kind}`} data-part=${part} aria-label=${label ? spoken(label, values) : undefined} onClick=${onClick} ...${rest}>${icon && html`<${Icon} name=${icon} />`}${k && html`<${Word} k=${k} values=${values} />`}${children}</button>`;
  }

  const spoken = (key, values) => [t(key, values), own(key, values)].filter(Boolean).join(" – ");

  /** What is typed goes through the guard first; a real-looking number is taken out and the reason said. */
  function typedInto(event, then) {
    const kind = refusal(event.target.value, [phone]);
    if (!kind) {
      then(event.target.value);
      return;
    }
    event.target.value = "";
    then("");
    task.refuse(kind);
  }

  /**
   * A labelled box to type in. `k` is the label's word; `hint` and `error` are words too; `lines` makes it larger.
   * `onInput(value)` never receives a number that looks real.
   */
  function Field({ part, k, value = "", onInput, type = "text", lines, hint, error, required, onEnter, ...rest }) {
    const id = `f-${part}`;
    const Tag = lines ? "textarea" : "input";
    const about = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
    const onKeyDown = onEnter && ((event) => event.key === "Enter" && (event.preventDefault(), onEnter()));
    return html`<div class=${error ? "sim-field sim-field--wrong" : "sim-field"}>
      <label for=${id}><${Word} k=${k} />${required && html`<b class="sim-star" aria-hidden="true">*</b>`}</label>
      ${hint && html`<p class="sim-hint" id=${`${id}-hint`}><${Word} k=${hint} /></p>`}
      ${error && html`<p class="sim-error" id=${`${id}-error`}><${Word} k=${error} /></p>`}
      <${Tag} id=${id} data-part=${part} type=${lines ? undefined : type} rows=${lines} value=${value} autocomplete="off" autocapitalize="off" spellcheck=${false} autocorrect="off"
        aria-required=${required ? "true" : undefined} aria-invalid=${error ? "true" : undefined} aria-describedby=${about || undefined}
        onInput=${(event) => typedInto(event, onInput)} onKeyDown=${onKeyDown} ...${rest} />
    </div>`;
  }

  /** One of our drawings, named in the simulator's `pictures`; `k` says in words what it shows. */
  function Picture({ name, k, values }) {
    const label = k ? spoken(k, values) : undefined;
    return html`<span class="sim-picture" role=${k ? "img" : undefined} aria-label=${label} aria-hidden=${k ? undefined : "true"} dangerouslySetInnerHTML=${{ __html: task.pictures[name] || "" }} />`;
  }

  return { t, own, spoken, Word, Text, Button, Field, Picture, typedInto };
}

export function fill(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function paragraphs(text) {
  return text.split(/\n+/).filter(Boolean).map((line) => html`<p>${line}</p>`);
}

/**
 * A thing that can be dragged onto another: spread it into the element. `onDrop(part)` is told the `data-drop` it was
 * let go over. There is always a second way for who cannot drag: press the thing, then press the place.
 */
export function drags(onDrop) {
  return {
    onPointerDown(event) {
      if (event.button !== 0) return;
      const { currentTarget: thing, pointerId, clientX, clientY } = event;
      let isMoving = false;
      // From the first moment: a fast mouse is outside of the thing with its first move.
      thing.setPointerCapture(pointerId);
      const move = (at) => {
        const [x, y] = [at.clientX - clientX, at.clientY - clientY];
        if (!isMoving && Math.hypot(x, y) < FAR_ENOUGH) return;
        isMoving = true;
        thing.setAttribute("data-dragged", "");
        thing.style.translate = `${x}px ${y}px`;
      };
      const end = (at) => {
        thing.removeEventListener("pointermove", move);
        thing.removeEventListener("pointerup", end);
        thing.removeEventListener("pointercancel", end);
        thing.removeAttribute("data-dragged");
        thing.style.translate = "";
        if (!isMoving) return;
        // The click that follows a drag is no click.
        thing.addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => thing.removeEventListener("click", stop, { capture: true }));
        if (at.type === "pointercancel") return;
        thing.style.visibility = "hidden";
        const place = document.elementFromPoint(at.clientX, at.clientY)?.closest("[data-drop]");
        thing.style.visibility = "";
        if (place && place !== thing) onDrop(place.dataset.drop);
      };
      thing.addEventListener("pointermove", move);
      thing.addEventListener("pointerup", end);
      thing.addEventListener("pointercancel", end);
    },
  };
}

function stop(event) {
  event.stopPropagation();
  event.preventDefault();
}

const SIGNS = {
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  up: "M5 15l7-7 7 7",
  down: "M5 9l7 7 7-7",
  reload: "M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 13l4 4L19 7",
  plus: "M12 5v14M5 12h14",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16 16l5 5",
  star: "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z",
  mail: "M3 6h18v13H3zM3 7l9 7 9-7",
  inbox: "M3 13h5l2 3h4l2-3h5M5 5h14l2 8v6H3v-6z",
  send: "M3 11l18-8-7 18-3-7z",
  reply: "M10 6l-6 6 6 6M4 12h10a6 6 0 0 1 6 6",
  forwardmail: "M14 6l6 6-6 6M20 12H10a6 6 0 0 0-6 6",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.8 1.8 0 0 1-2.5-2.5L15 7",
  bin: "M4 7h16M9 7V4h6v3M6 7l1 14h10l1-14M10 11v6M14 11v6",
  folder: "M3 6h6l2 2h10v11H3z",
  food: "M4 12h16a8 8 0 0 1-16 0M9 8c0-2 2-2 2-4M14 8c0-2 2-2 2-4",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  picture: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 8.5h.01",
  pen: "M4 20l1-5L16 4l4 4L9 19z",
  save: "M5 3h11l3 3v15H5zM8 3v6h7V3M8 21v-7h8v7",
  print: "M7 9V3h10v6M7 17H4v-8h16v8h-3M7 14h10v7H7z",
  home: "M3 12l9-8 9 8M6 10v10h12V10",
  lock: "M6 11h12v10H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  card: "M3 5h18v14H3zM6 9h4v4H6zM13 10h5M13 14h5",
  phone: "M8 2h8v20H8zM11 19h2",
  call: "M6 3l4 1 1 5-3 2a12 12 0 0 0 5 5l2-3 5 1 1 4c-9 4-19-6-15-15",
  calendar: "M4 6h16v15H4zM4 11h16M8 3v5M16 3v5",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21c0-5 4-7 8-7s8 2 8 7",
  warning: "M12 3l10 18H2zM12 10v5M12 18h.01",
  question: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18h.01",
  info: "M12 11v7M12 7h.01",
  usb: "M8 3h8v9H8zM7 12h10v9H7zM10.5 6.5h.01M13.5 6.5h.01",
  download: "M12 4v11M7 11l5 5 5-5M4 20h16",
  menu: "M4 7h16M4 12h16M4 17h16",
  undo: "M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 12h-3",
  bulb: "M9 18h6M10 21h4M8 14a6 6 0 1 1 8 0c-1 1-1.5 2-1.5 4h-5c0-2-.5-3-1.5-4",
  eye: "M2 12c4-8 16-8 20 0-4 8-16 8-20 0M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
  power: "M12 3v9M7 6a8 8 0 1 0 10 0",
  wifi: "M2 9c6-6 14-6 20 0M5 13c4-4 10-4 14 0M9 17c2-2 4-2 6 0M12 20h.01",
};
const POINTS_ON = new Set(["back", "forward", "send", "reply", "forwardmail", "undo"]);

/** A small line sign; it says nothing by itself. Signs that point along the text turn with its direction. */
export function Icon({ name }) {
  return html`<svg class=${POINTS_ON.has(name) ? "sign sign--turns" : "sign"} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d=${SIGNS[name]} /></svg>`;
}
