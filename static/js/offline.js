/** On every page: what the network does not take is kept on the device. Words: templates/offline/status.html. */
const PATIENCE = 5000; // milliseconds a page may take to leave
const AGAIN = 30_000;
const LEFT = "stepin-left-"; // + id of an event: what a closing page had no time to keep otherwise

const place = document.getElementById("outbox");
const words = place.dataset;
const isKept = "kept" in words;
const openedAt = Date.now();
const main = document.querySelector("main[data-step]");

/** Null when the browser keeps nothing. */
const ready = shown().then(async () => {
  try {
    await import("./outbox.js");
    if (!isKept) await stepinOutbox.meet(words.person, "guest" in words);
    return stepinOutbox;
  } catch {
    return null;
  }
});
/** Tag of who learns here. */
const whose = ready.then(async (outbox) => words.person ?? (await outbox?.here()));

function shown() {
  return new Promise((done) => (document.readyState === "complete" ? done() : addEventListener("load", done)));
}

// Steps ──────────────────────────────────────────────────────────────────────

const submit = (form) => HTMLFormElement.prototype.submit.call(form);
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
let sending = null;
let isBusy = false;
let isLeaving = false;
addEventListener("pageshow", () => (isLeaving = false));
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !main || form.getAttribute("action") !== "/progress/") return;
  if (!isKept && navigator.onLine && !sending) return; // goes as it stands; should no answer come, the worker keeps it
  event.preventDefault();
  // A visitor becomes somebody by what is on its way: two at once would make two of her.
  if (!isKept && navigator.onLine) return Promise.race([sending, wait(PATIENCE)]).finally(() => submit(form));
  if (isBusy || isLeaving) return;
  isBusy = true;
  keepStep(form).finally(() => (isBusy = false));
});

async function keepStep(form) {
  const outbox = await ready;
  const values = new FormData(form);
  const mark = await markOf(values);
  if (mark === undefined) return draw(words.noAnswer);
  if (mark === null) return;
  try {
    await keep(outbox.eventOf(values, mark, openedAt));
  } catch {
    return draw(words.unkept);
  }
  // Another try is another event; a practice has sent its id by itself.
  if (!document.querySelector("practice-task")) form.elements.id.value = outbox.newId();
  if (mark === 1) await stepIsDone();
  if (values.get("kind") !== "answer") await goOn(values.get("next"));
}

/** 1 or 0; null when she chose nothing; undefined when this device cannot tell whether her answer is right. */
async function markOf(values) {
  if (values.get("kind") !== "answer") return 1;
  const kept = await import("./kept.js").catch(() => null);
  return kept?.explain(values.get("answer") || "");
}

async function keep(event) {
  const outbox = await ready;
  if (!outbox) throw new Error("nothing can be kept");
  await outbox.add({ event, person: await whose, ...source() });
  const worker = await navigator.serviceWorker?.getRegistration();
  worker?.sync?.register("outbox").catch(() => {}); // not every browser sends while the page is closed
}

/** For the list of what waits. */
const source = () => ({ title: document.querySelector("h1")?.textContent, place: location.pathname });

/** On to the next page when the device has it; else stay, and say so. */
async function goOn(url) {
  const isHere = await globalThis.caches?.match(url, { ignoreVary: true }).catch(() => null);
  if (!isHere) return draw(words.notHere);
  isLeaving = true;
  setTimeout(() => (isLeaving = false), PATIENCE);
  location.assign(url);
}

// A practice sends by itself. What it cannot send waits here; a page that closes has no time for a database.
addEventListener("stepin:unsent", ({ detail }) => {
  try {
    localStorage.setItem(LEFT + detail.id, JSON.stringify({ event: detail, person: words.person, ...source() }));
    takeIn();
  } catch {
    keep(detail).catch(() => draw(words.unkept));
  }
});

async function takeIn() {
  const outbox = await ready;
  if (!outbox) return;
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(LEFT))) {
    await outbox.add(JSON.parse(localStorage[key]));
    localStorage.removeItem(key);
  }
}

// Stones ─────────────────────────────────────────────────────────────────────

const stones = [...document.querySelectorAll("main[data-step] .listen-row .stone")];

async function stepIsDone() {
  const here = stones.findIndex((stone) => stone.classList.contains("stone--here"));
  stones[here]?.classList.add("stone--done");
  await rememberStones();
}

/** A kept page lights them again (kept.js). */
async function rememberStones() {
  const outbox = await ready;
  if (!outbox || !main) return;
  const done = stones.flatMap((stone, place) => (stone.classList.contains("stone--done") ? [place + 1] : []));
  if (done.length) await outbox.stones(await whose, main.dataset.lesson, done);
}

// What waits ─────────────────────────────────────────────────────────────────

let hasWaited = false;

/** `text` is said after the count. */
async function draw(text = "") {
  const outbox = await ready;
  const left = (await outbox?.count().catch(() => 0)) || 0;
  hasWaited ||= left > 0;
  const link = Object.assign(document.createElement("a"), { href: words.list, textContent: words.waiting.replace("{n}", left) });
  place.replaceChildren(...(left ? [link] : hasWaited && !text ? [words.sent] : []), text && ` ${text}`);
  place.classList.toggle("outbox--waits", left > 0 || text !== "");
}

async function send() {
  const outbox = await ready;
  if (!outbox) return { left: 0 };
  await takeIn();
  if (!(await outbox.count())) return { left: 0 };
  if (navigator.onLine) sending = outbox.send().finally(() => (sending = null));
  const told = (await sending) || { left: 1 };
  await draw();
  if (told.left) setTimeout(() => document.visibilityState === "visible" && send(), AGAIN);
  return told;
}

addEventListener("stepin:outbox", () => draw().catch(() => {})); // from outbox.js, here or in another tab
addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && send());
ready.then(async (outbox) => {
  if (!outbox) return;
  await draw();
  await rememberStones();
  await send();
}).catch(() => {}); // who signs out empties the device, in the middle of this too

// Leaving ────────────────────────────────────────────────────────────────────

/**
 * Signing out empties the device. Forms that do so are held back until everything is sent, or she says otherwise;
 * a script that is about to do the same dispatches a cancellable `stepin:leaving` with `detail: {leave}`. A form that
 * is not about signing out says with `data-ask` and `data-leave` what it is about.
 */
addEventListener("submit", (event) => {
  const form = event.target;
  const leaves = form.matches('[action$="/accounts/logout/"], [data-leaves]');
  if (!leaves || event.defaultPrevented) return;
  const { name, value } = event.submitter ?? {};
  leave(event, () => {
    // Sent by script a form leaves out the button that was pressed.
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    submit(form);
  }, form.dataset);
});
addEventListener("stepin:leaving", (event) => hasWaited && leave(event, event.detail?.leave));

let isAsking = false;
async function leave(event, goOn, own) {
  event.preventDefault();
  if (isAsking) return; // by script and by tap: one question
  isAsking = true;
  try {
    const { left } = await send().catch(() => ({ left: 0 }));
    if (!left || (await (await import("./leaving.js")).mayLose({ ...words, ...own }))) goOn?.();
  } finally {
    isAsking = false;
  }
}

// How she wants pages ────────────────────────────────────────────────────────

addEventListener("pageshow", () => {
  // A page from before, of the browser or of the phone, does not know what she has chosen since (people/comfort.py).
  const chosen = /(?:^|; )stepin_comfort=([a-z.]+)/.exec(document.cookie);
  if (chosen) document.documentElement.dataset.comfort = chosen[1].replaceAll(".", " ");
  if (location.hash === "#print") {
    history.replaceState(null, "", location.pathname + location.search); // showing the page again prints nothing
    print();
  }
});

// The worker, in the reader's language ───────────────────────────────────────

shown().then(() => navigator.serviceWorker?.register(words.worker).catch(() => {})); // private mode, or plain http
