/** Drawn things: the card, the slot of the reader, a hand, a helper. Colours are those of the page (key.css). */
import { html } from "../kit.js";

/** The card of a made-up person, lying flat or with its chip up or down. */
export function cardDrawing(hasChip, points = "flat") {
  return html`<svg class=${`key-drawing key-drawing--${points}`} viewBox="0 0 160 100" aria-hidden="true">
    <rect class="key-paper-white" x="3" y="3" width="154" height="94" rx="10" />
    <path class="key-band" d="M3 24V13a10 10 0 0 1 10-10h134a10 10 0 0 1 10 10v11z" />
    ${hasChip && html`<rect class="key-chip" x="18" y="42" width="34" height="28" rx="5" /><path class="key-line" d="M18 52h11v8H18M52 52H41v8h11M29 42v28M41 42v28" />`}
    <rect class="key-photo" x="112" y="36" width="32" height="42" rx="4" /><circle class="key-line" cx="128" cy="51" r="7" /><path class="key-line" d="M115 77c1-12 25-12 26 0" />
    <path class="key-line" d="M64 46h36M64 58h28M64 70h34" /></svg>`;
}

export const slot = (isEmpty) => html`<svg class="key-slot" viewBox=${isEmpty ? "0 0 200 44" : "0 0 200 14"} aria-hidden="true">${isEmpty && html`<path d="M100 42V22M90 30l10-10 10 10" />`}<rect class="key-mouth" x="12" y="2" width="176" height="10" rx="5" /></svg>`;

/** A hand held over the keys, so that nobody sees them. */
export const hand = () => html`<svg class="key-hand" viewBox="0 0 220 60" aria-hidden="true"><path class="key-skin" d="M6 58c0-20 18-30 40-34l88-18c9-2 12 9 4 12l-34 11 66-6c10-1 11 12 1 13l-50 5 44 2c10 1 9 12-1 12l-44-1c-6 6-16 8-30 8z" /><path class="key-sleeve" d="M2 60V38l16 4v18z" /></svg>`;

export const helper = () => html`<svg class="key-helper" viewBox="0 0 120 80" aria-hidden="true"><circle class="key-skin" cx="60" cy="28" r="20" /><path class="key-shirt" d="M18 80c2-38 82-38 84 0z" /><path class="key-line" d="M38 26a22 22 0 0 1 44 0M38 26v8M82 26v8c0 6-6 10-14 10" /></svg>`;

export const laptopFoot = () => html`<span class="key-foot" aria-hidden="true"></span>`;
