/** What is drawn: the sign that tells which part of a mouse or which finger to use, and the things on the field. */
import { html } from "../kit.js";

const UP_AND_DOWN = "M55 20v24M50 25l5-5 5 5M50 39l5 5 5-5";
const TO_THE_LEFT = "M16 14H2M7 9l-5 5 5 5";
const TO_THE_RIGHT = "M46 58h14M55 53l5 5-5 5";

// Which part of the mouse is lit, and what is drawn beside it.
const MOUSE = {
  click: { left: true },
  double: { left: true, twice: true },
  right: { right: true },
  scroll: { wheel: true, arrow: UP_AND_DOWN },
  drag: { left: true, arrow: TO_THE_RIGHT },
  hold: { left: true, clock: true },
  swipe: { left: true, arrow: "M14 58H2M7 53l-5 5 5 5" },
  larger: { left: true },
};

const FINGER = {
  click: { rings: [9] },
  double: { rings: [9], twice: true },
  right: { rings: [9], clock: true },
  scroll: { arrow: UP_AND_DOWN },
  drag: { rings: [9], arrow: TO_THE_RIGHT },
  hold: { rings: [9], clock: true },
  swipe: { arrow: TO_THE_LEFT },
  larger: { arrow: "M24 12L12 2M12 9V2h7M44 12L56 2M56 9V2h-7" },
};

const Extras = ({ arrow, twice, clock }) => html`
  ${arrow && html`<path class="mouse-line" d=${arrow} />`}
  ${twice && html`<text x="68" y="19" text-anchor="end">2×</text>`}
  ${clock && html`<g class="mouse-line"><circle cx="53" cy="13" r="9" /><path d="M53 8v5l4 2" /></g>`}`;

export function MouseSign({ what }) {
  const { left, right, wheel, ...extras } = MOUSE[what];
  const lit = (is) => (is ? "mouse-lit" : "mouse-blank");
  return html`<svg class="mouse-sign" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <rect class="mouse-blank" x="16" y="10" width="28" height="46" rx="14" />
    <path class=${lit(left)} d="M16 30v-6a14 14 0 0 1 14-14v20z" />
    <path class=${lit(right)} d="M44 30v-6a14 14 0 0 0-14-14v20z" />
    <rect class=${lit(wheel)} x="27" y="15" width="6" height="11" rx="3" />
    <path class="mouse-line" d="M30 10C30 5 26 6 26 1" /><${Extras} ...${extras} />
  </svg>`;
}

export function FingerSign({ what }) {
  const { rings = [], ...extras } = FINGER[what];
  return html`<svg class="mouse-sign" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    ${rings.map((r) => html`<circle class="mouse-ring" cx="30" cy="18" r=${r} />`)}
    <path class="mouse-blank" d="M25 41V19a5 5 0 0 1 10 0v15l10 3a6 6 0 0 1 4 7l-2 9a10 10 0 0 1-10 9h-6a10 10 0 0 1-9-5l-8-11c-3-5 3-9 6-6z" />
    <${Extras} ...${extras} />
  </svg>`;
}

const drawing = (name, viewBox, inside) => html`<svg class=${`mouse-drawing mouse-drawing--${name}`} viewBox=${viewBox} aria-hidden="true" focusable="false">${inside}</svg>`;

export const Folder = () => drawing("folder", "0 0 80 64", html`<path class="in-saffron" d="M4 12a4 4 0 0 1 4-4h20l7 8h37a4 4 0 0 1 4 4v36a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4z" /><path class="in-pale" d="M4 26h72" />`);

export const Paper = () => drawing("paper", "0 0 48 60", html`<path class="in-surface" d="M6 3h26l10 10v44H6zM32 3v10h10" /><path class="in-pale" d="M13 24h22M13 33h22M13 42h14" />`);

export const Photo = () => drawing("photo", "0 0 80 60", html`<rect class="in-wash" x="2" y="2" width="76" height="56" rx="4" /><circle class="in-saffron" cx="60" cy="17" r="7" /><path class="in-green" d="M2 54l22-28 16 18 12-12 26 22a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4z" />`);

export const House = () => drawing("house", "0 0 80 60", html`<path class="in-surface" d="M16 30h48v28H16z" /><path class="in-red" d="M8 32L40 6l32 26z" /><path class="in-water" d="M34 40h12v18H34z" />`);

export const Sun = () => drawing("sun", "0 0 80 60", html`<circle class="in-saffron" cx="40" cy="30" r="13" /><path class="in-plain" d="M40 4v7M40 49v7M14 30h7M59 30h7M22 12l5 5M53 43l5 5M58 12l-5 5M27 43l-5 5" />`);

export const Star = () => drawing("star", "0 0 64 64", html`<path class="in-saffron" d="M32 5l8 17.500 19 2.500-14 13.500 3.500 19.500L32 48.500 15.500 58 19 38.500 5 25l19-2.500z" />`);

export const Box = ({ isFull }) => drawing("box", "0 0 120 90", html`
  <path class="in-deep" d="M14 30l14-16h64l14 16z" />
  ${isFull && html`<circle class="in-green" cx="60" cy="30" r="20" />`}
  <path class="in-surface" d="M14 30h92v54H14z" /><path class="in-water" d="M2 44l12-14M118 44l-12-14" /><path class="in-pale" d="M40 58h40" />`);

/** A long way down: sky, hills with a house, water with stepping stones. */
export function Landscape() {
  const cloud = (x, y) => html`<path class="in-surface" d=${`M${x} ${y}a16 16 0 0 1 30-10 20 20 0 0 1 36 8 12 12 0 0 1-2 24H${x + 4}a12 12 0 0 1-4-22z`} />`;
  const tree = (x, y) => html`<path class="in-plain" d=${`M${x} ${y}v34`} /><circle class="in-green" cx=${x} cy=${y - 14} r="24" />`;
  const stone = ([x, y]) => html`<ellipse class="in-surface" cx=${x} cy=${y} rx="34" ry="13" />`;
  const stones = [[110, 1010], [190, 1080], [130, 1150], [200, 1220], [140, 1290], [165, 1370]];
  return drawing("landscape", "0 0 320 1440", html`
    <circle class="in-saffron" cx="248" cy="90" r="34" />${cloud(40, 90)}${cloud(180, 230)}${cloud(60, 370)}
    <path class="in-plain" d="M90 190q10-10 20 0q10-10 20 0M200 320q8-8 16 0q8-8 16 0" />
    <path class="in-hill" d="M-400 590q200-80 400-30q90-90 190-20t130-30q200-60 400 30v460H-400z" />
    <path class="in-surface" d="M120 600h84v64h-84z" /><path class="in-red" d="M108 604l54-44 54 44z" /><path class="in-water" d="M150 628h22v36h-22z" />
    ${tree(60, 700)}${tree(262, 740)}${tree(90, 850)}${tree(236, 880)}
    <path class="in-pale" d="M162 668q-30 80 10 140t-10 160" />
    <path class="in-water" d="M-400 960q60-20 120 0t120 0t120 0t120 0t120 0t120 0t120 0t120 0t120 0v484H-400z" />${stones.map(stone)}`);
}
