/** Keeps lessons for the time without network. Why by hand and what is kept where: docs/decisions/no-network.md */
const SHELL = {{ shell }};
const SHELL_CACHE = `stepin-shell-${SHELL.version}`;
const PATIENCE = 4000; // milliseconds a slow network may take while a kept page is at hand

importScripts(SHELL.outbox);

addEventListener("install", (event) => event.waitUntil(keepShell()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("sync", (event) => event.waitUntil(sendOutbox()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (url.pathname === SHELL.progress && request.mode === "navigate") event.respondWith(step(request));
  } else if (SHELL.fixed.some((start) => url.pathname.startsWith(start))) event.respondWith(fixedFile(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url.pathname));
});

async function keepShell() {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(SHELL.files);
  await Promise.all(Object.entries(SHELL.pages).map(async ([path, source]) => cache.put(path, await asked(source))));
  await skipWaiting();
}

async function asked(url) {
  const answer = await fetch(url, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer;
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("stepin-shell-") && name !== SHELL_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
}

/** Its address changes when it does, so what is kept is right. */
async function fixedFile(request) {
  const copy = await caches.match(request, { ignoreVary: true });
  if (!copy) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") || "");
  return range ? part(copy, Number(range[1]), range[2]) : copy;
}

/** Some browsers play a recording only when they get the part they asked for. */
async function part(copy, start, last) {
  const whole = await copy.blob();
  const end = last ? Math.min(Number(last), whole.size - 1) : whole.size - 1;
  const headers = { "Content-Type": whole.type, "Content-Range": `bytes ${start}-${end}/${whole.size}` };
  return new Response(whole.slice(start, end + 1), { status: 206, headers });
}

/** The network's page; the kept one when the network is away, slow or broken; else the page that says so. */
async function page(event, path) {
  const network = fromNetwork(event);
  const mayBeKept = !SHELL.never.some((start) => path.startsWith(start));
  const copy = mayBeKept && (await caches.match(path, { ignoreVary: true }));
  try {
    const answer = await (copy ? Promise.race([network, tooLong()]) : network);
    if (copy && answer.status >= 500) return copy;
    return answer;
  } catch {
    return copy || (await caches.match(SHELL.fallback, { ignoreVary: true })) || Response.error();
  }
}

/** A step's form goes to the server as it stands. What it does not take waits in the outbox, under the same id. */
async function step(request) {
  const form = await request.clone().formData();
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout?.(2 * PATIENCE) });
    if (answer.status < 500) return answer;
  } catch {
    // kept below
  }
  const here = form.get("here");
  // Only its page knows whether an answer is right.
  if (form.get("kind") === "answer") return Response.redirect(`${here}?${new URLSearchParams({ unsent: form.get("answer") || "" })}`);
  const number = Number(/(\d+)\/$/.exec(here)?.[1]);
  if (number) await stepinOutbox.stones(await stepinOutbox.here(), form.get("lesson"), [number]);
  await stepinOutbox.add({ event: stepinOutbox.eventOf(form, 1, form.get("shown_at") * 1000), place: here });
  return Response.redirect(form.get("next"));
}

async function fromNetwork(event) {
  return (await event.preloadResponse) || fetch(event.request);
}

const tooLong = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

/** The browser asks when the network is back, though every page may be closed; while something is left it asks again. */
async function sendOutbox() {
  const { left } = await stepinOutbox.send();
  if (left) throw new Error(`${left} steps wait`);
}
