/** Hands the steps that wait to a trainer: as a file, or as codes on the screen (learners/collecting.py reads both). */
import "./outbox.js";

const SIGNS_A_CODE = 600; // a code of this size is still read from a cracked screen
const MOST_CODES = 12;

/** {stepin, ticket, events}: her own steps only, and the ticket only when it is hers. */
async function bundle() {
  const here = await stepinOutbox.here();
  const ticket = await stepinOutbox.fact("ticket");
  const hers = (await stepinOutbox.list("waiting")).filter((step) => step.person === here);
  const isHers = here && ticket?.person === here;
  return JSON.stringify({ stepin: "steps", ticket: isHers ? ticket.ticket : "", events: hers.map((step) => step.event) });
}

/** Asked while there is network: the ticket says whose the steps are. Fails without. */
export async function renewTicket() {
  const here = await stepinOutbox.here();
  if (!here || (await stepinOutbox.fact("ticket"))?.person === here) return;
  await stepinOutbox.setFact("ticket", await (await fetch("/me/ticket.json")).json());
}

/** To share where the phone can, else to save. */
export async function give() {
  const day = new Date().toISOString().slice(0, 10);
  const file = new File([await bundle()], `stepin-${day}.json`, { type: "application/json" });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The codes that hold all of it: "STEPIN <which bundle> <part> <parts> <text>"; empty when they would be too many. */
export async function codes() {
  const text = await bundle();
  const packed = new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw")));
  const base64 = btoa([...new Uint8Array(await packed.arrayBuffer())].map((byte) => String.fromCharCode(byte)).join(""));
  const parts = base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "").match(new RegExp(`.{1,${SIGNS_A_CODE}}`, "g"));
  const which = Math.random().toString(36).slice(2, 8);
  return parts.length > MOST_CODES ? [] : parts.map((part, place) => `STEPIN ${which} ${place + 1} ${parts.length} ${part}`);
}

let shown = -1;

/** One code, and at the next press the one after it. */
export async function show() {
  const { qrcode } = await import("./vendor/qrcode.js");
  const all = await codes();
  const figure = document.querySelector("figure.qr");
  shown = (shown + 1) % all.length;
  figure.querySelector("[data-code]").replaceChildren(draw(qrcode, all[shown]));
  const caption = figure.querySelector("figcaption");
  caption.textContent = caption.dataset.part.replace("{n}", shown + 1).replace("{all}", all.length);
  figure.hidden = false;
  const button = document.querySelector('[data-do="show"]');
  if (all.length > 1) button.textContent = button.dataset.next;
}

function draw(qrcode, text) {
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const places = Array.from({ length: size * size }, (_, n) => [n % size, Math.floor(n / size)]);
  const path = places.filter(([x, y]) => code.isDark(y, x)).map(([x, y]) => `M${x} ${y}h1v1h-1z`).join("");
  const markup = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${size + 8} ${size + 8}" shape-rendering="crispEdges"><path fill="#fff" d="M-4-4h${size + 8}v${size + 8}h-${size + 8}z"/><path fill="#000" d="${path}"/></svg>`;
  return document.importNode(new DOMParser().parseFromString(markup, "image/svg+xml").documentElement, true);
}
