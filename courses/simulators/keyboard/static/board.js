/** The keyboard as it is drawn, and the card that shows what to type. */
import { html } from "../kit.js";
import { LAYOUTS, VARIANTS, signOf } from "./layouts.js";

const LONG_PRESS = 500;
const LIFTED = ["pointerup", "pointercancel", "pointerleave"];

const SIGNS = {
  backspace: "M21 12H4M10 5l-7 7 7 7",
  enter: "M20 5v9H5M10 8l-6 6 6 6",
  shift: "M12 3l9 10h-5v7H8v-7H3z",
  "shift-right": "M12 3l9 10h-5v7H8v-7H3z",
  caps: "M12 2l8 9h-4v4H8v-4H4zM8 20h8",
  tab: "M3 8h17M16 4l4 4-4 4M21 16H4M8 12l-4 4 4 4",
  space: "M4 10v6h16v-6",
};
// What is printed on these keys is the same in every country.
const PRINTED = { ctrl: "Ctrl", win: "", alt: "Alt", altgr: "AltGr", menu: "", letters: "ABC", numbers: "123", signs: "#+=" };

export const isSpecial = (name) => name in SIGNS || name === "altgr";

export function KeySign({ name }) {
  return html`<svg class="keyboard-sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${SIGNS[name]} /></svg>`;
}

export function makeBoard({ spoken }) {
  /** `onKey(key)` a key was pressed, `onSign(sign)` one of the row of accents, `onHold(letter)` a letter was held. */
  function Board({ state, enterIsTab, onKey, onSign, onHold }) {
    const { pages, columns } = LAYOUTS[state.layout];
    const rows = pages[state.page];
    return html`<div class="keyboard-frame"><div class=${`keyboard-board keyboard-board--${state.layout}`} style=${{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }} role="group" aria-label=${spoken("keyboard")} onMouseDown=${(event) => event.preventDefault()} onContextMenu=${(event) => event.preventDefault()}>
      ${state.layout === "phone" && html`<div class="keyboard-more">${[...(VARIANTS[state.more] || "")].map((plain) => {
        const sign = state.shift ? plain.toUpperCase() : plain;
        return html`<button type="button" class="keyboard-key" data-part=${`more-${sign}`} onClick=${() => onSign(sign)}>${sign}</button>`;
      })}</div>`}
      ${rows.map((row, at) => placed(row, columns).map((key) => drawKey(enterIsTab && key.id === "enter" ? { ...key, id: "tab" } : key, at + 2, state, { onKey, onHold })))}
    </div></div>`;
  }

  function drawKey(key, row, state, { onKey, onHold }) {
    const place = `${state.page}-${row}-${key.column}`;
    const style = { gridColumn: `${key.column} / span ${key.width}`, gridRow: `${row} / span ${key.isTall ? 2 : 1}` };
    if (!key.signs && !key.isWorking && !key.page) return html`<span class="keyboard-key keyboard-key--still" key=${place} style=${style} aria-hidden="true">${PRINTED[key.id]}</span>`;
    const isDown = { shift: state.shift, "shift-right": state.shift, caps: state.caps, altgr: state.altgr }[key.id];
    const hasMore = state.layout === "phone" && VARIANTS[key.id];
    return html`<button type="button" class=${key.signs ? "keyboard-key" : "keyboard-key keyboard-key--special"} key=${place} style=${style} data-part=${`key-${key.id}`} data-waits=${state.dead && key.signs?.includes(state.dead) ? "" : undefined}
      aria-pressed=${isDown === undefined ? undefined : String(isDown)} aria-label=${labelOf(key)} onClick=${() => onKey(key)} ...${hasMore ? held(() => onHold(key.id)) : {}}>${inside(key, state)}</button>`;
  }

  const labelOf = (key) => (key.page || key.id === "space" || !key.signs ? spoken(`key_${key.id.replace("-right", "")}`) : undefined);

  return Board;
}

/** Each key of a row with the column where it begins; a tall one stands at the end. */
function placed(row, columns) {
  let column = 1;
  return row.map((key) => {
    const place = { ...key, column: key.isTall ? columns - key.width + 1 : column };
    column += key.width;
    return place;
  });
}

function inside(key, state) {
  if (key.id === "space") return html`<em class="keyboard-bar" />`;
  if (!key.signs) return SIGNS[key.id] ? html`<${KeySign} name=${key.id} />` : PRINTED[key.id];
  if (state.layout === "phone") return signOf(key, state);
  if (key.isLetter) return html`<b>${key.signs[1]}</b>${key.signs[2] && html`<i>${key.signs[2]}</i>`}`;
  return html`<span>${key.signs[1]}</span><b>${key.signs[0]}</b>${key.signs[2] && html`<i>${key.signs[2]}</i>`}`;
}

/** Held with a finger, asked with the right button or the menu key: the accents of a letter. */
function held(onHold) {
  return {
    onPointerDown(event) {
      if (event.pointerType === "mouse" && event.button !== 0) return;
      const key = event.currentTarget;
      key.removeAttribute("data-held");
      const timer = setTimeout(() => {
        key.setAttribute("data-held", "");
        onHold();
      }, LONG_PRESS);
      const end = () => {
        clearTimeout(timer);
        for (const name of LIFTED) key.removeEventListener(name, end);
      };
      for (const name of LIFTED) key.addEventListener(name, end);
    },
    // The click that follows a long press is no click.
    onClickCapture(event) {
      if (!event.currentTarget.hasAttribute("data-held")) return;
      event.currentTarget.removeAttribute("data-held");
      event.stopImmediatePropagation();
    },
    onContextMenu(event) {
      event.preventDefault();
      onHold();
    },
    onKeyDown(event) {
      if (event.key !== "ContextMenu" && !(event.key === "F10" && event.shiftKey)) return;
      event.preventDefault();
      onHold();
    },
  };
}

/** The text to type, sign by sign: what is right already, and the one that comes now. */
export function Tiles({ text, right }) {
  return html`<span class="keyboard-tiles" role="img" aria-label=${text}>${[...text].map((sign, at) => html`<span class=${at < right ? "tile tile--done" : at === right ? "tile tile--now" : "tile"} aria-hidden="true">${sign === " " ? html`<${KeySign} name="space" />` : sign}</span>`)}</span>`;
}
