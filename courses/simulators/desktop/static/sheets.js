/** What lies in files: a sheet of paper, and photos of one in three states. */
import { html } from "../kit.js";

export function Paper({ one, kit: { t, Word } }) {
  const isText = one.kind === "text";
  return html`<article class="desk-paper">
    ${one.text !== undefined ? html`<p dir="auto">${one.text}</p>` : html`<p class=${isText ? "" : "sim-heading"}><${Word} k=${one.title} /></p>`}
    ${one.lines?.map((k) => html`<p>• <${Word} k=${k} /></p>`)}
    ${!isText && html`<div class="desk-print" aria-hidden="true" />`}
  </article>`;
}

const LINES = "M62 76h52M62 92h76M62 104h76M62 116h76M62 128h60M62 152h76M62 164h76M62 176h44";
// Where the paper lies in the photo: on the one that is cut off, two corners are missing.
const LIES = { good: "", dark: "", cut: "translate(34 62) scale(1.25)" };

export function Photo({ state, label }) {
  return html`<svg class=${`desk-photo desk-photo--${state}`} viewBox="0 0 200 220" role=${label ? "img" : undefined} aria-label=${label} aria-hidden=${label ? undefined : "true"}>
    <path class="desk-table" d="M0 0h200v220H0z" />
    <g transform=${LIES[state]}><g transform="rotate(-3 100 110)">
      <path class="desk-white" d="M44 22h112v176H44z" /><path class="desk-house" d="M62 58V46l14-12 14 12v12z" /><path class="desk-ink" d=${LINES} />
    </g></g>
    ${state === "dark" && html`<path class="desk-dark" d="M0 0h200v220H0z" />`}
  </svg>`;
}
