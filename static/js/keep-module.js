/**
 * Keeps a module on the phone: fetches what pack.json lists into one cache, named after module and version.
 *
 * The cache is complete when it holds pack.json itself, written last. A half one is gone on with. The section inside
 * shows one of its parts (data-when) at a time; all words are there.
 */
const AT_ONCE = 4;
const CACHE = "stepin-pack";

class KeepModule extends HTMLElement {
  async connectedCallback() {
    this.section = this.querySelector("section");
    this.section.addEventListener("click", (event) => this[event.target.closest("[data-do]")?.dataset.do]?.());
    try {
      await canKeep();
      await this.look();
    } catch {
      this.show("cannot");
    }
    this.section.hidden = false;
  }

  /** What is here, and what the server has; without network only the first. */
  async look() {
    const url = this.dataset.pack;
    this.kept = await (await caches.match(url))?.json();
    this.pack = await fetch(url).then((answer) => (answer.ok ? answer.json() : null), () => null);
    const [, language, module] = url.split("/");
    this.name = `${CACHE} ${language} ${module} `;
    this.fill();
    if (!this.pack) return this.show(this.kept ? "kept" : "offer");
    const isHalf = !this.kept && (await caches.has(this.name + this.pack.version));
    if (this.kept) import("./giving.js").then(({ renewTicket }) => renewTicket()).catch(() => {}); // without network
    this.show(this.kept ? (this.kept.version === this.pack.version ? "kept" : "old") : isHalf ? "stopped" : "offer");
  }

  fill() {
    const megabytes = ((this.pack || this.kept)?.bytes || 0) / 1e6;
    const size = this.dataset.size.replace("{megabytes}", Math.max(megabytes, 0.1).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 }));
    for (const place of this.querySelectorAll("[data-bytes]")) place.textContent = size;
    for (const place of this.querySelectorAll("[data-since]")) {
      if (!this.kept) continue;
      place.dateTime = this.kept.kept_at;
      place.textContent = new Date(this.kept.kept_at).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    }
  }

  show(state) {
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
    const told = this.querySelector(`[data-when="${state}"] p`).textContent;
    if (this.dataset.state) this.querySelector("[data-said]").textContent = told;
    if (this.dataset.state && this.contains(document.activeElement)) this.querySelector(`[data-when="${state}"] button`)?.focus();
    this.dataset.state = state;
  }

  async keep() {
    this.pack ||= await fetch(this.dataset.pack).then((answer) => answer.json(), () => null);
    if (!this.pack) return this.show("stopped");
    this.fill();
    this.show("fetching");
    this.stopping = new AbortController();
    const name = this.name + this.pack.version;
    navigator.storage?.persist?.(); // so that a full phone does not empty it by itself
    try {
      await this.fetchAll(await caches.open(name));
      const old = (await caches.keys()).filter((other) => other.startsWith(this.name) && other !== name);
      await Promise.all(old.map((other) => caches.delete(other)));
      await this.look();
    } catch (error) {
      this.stopping.abort();
      if (error.name === "QuotaExceededError") await caches.delete(name);
      this.show(error.name === "QuotaExceededError" ? "full" : "stopped");
    }
  }

  async fetchAll(cache) {
    const bar = this.querySelector("progress");
    const files = [...this.pack.files];
    let bytes = 0;
    const worker = async () => {
      for (let file = files.shift(); file; file = files.shift()) {
        await this.fetchOne(cache, file.url);
        bytes += file.bytes;
        bar.value = bytes / this.pack.bytes;
      }
    };
    bar.value = 0;
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const made = JSON.stringify({ ...this.pack, kept_at: new Date().toISOString() });
    await cache.put(this.dataset.pack, new Response(made, { headers: { "Content-Type": "application/json" } }));
  }

  /** Pages are kept under their usual address; a file with a fingerprint is taken from an older pack. */
  async fetchOne(cache, url) {
    const key = url.split("?")[0];
    if (await cache.match(key, { ignoreVary: true })) return;
    const copy = key === url && (await caches.match(key, { ignoreVary: true }));
    const answer = copy || (await fetch(url, { signal: this.stopping.signal }));
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    const headers = ["Content-Type", "Content-Security-Policy"].map((name) => [name, answer.headers.get(name)]);
    await cache.put(key, new Response(await answer.blob(), { headers: headers.filter(([, value]) => value) }));
  }

  stop() {
    this.stopping?.abort();
  }

  async remove() {
    const hers = (await caches.keys()).filter((name) => name.startsWith(this.name));
    await Promise.all(hers.map((name) => caches.delete(name)));
    await this.look();
  }
}

/** Fails where the browser has no such store, or refuses it (private mode). */
async function canKeep() {
  if (!navigator.serviceWorker) throw new Error("no service worker");
  await caches.has(CACHE);
  await import("./outbox.js");
  await stepinOutbox.count();
}

customElements.define("keep-module", KeepModule);
