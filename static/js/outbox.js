/**
 * Steps kept on the device until the server has them; its stores: docs/decisions/no-network.md
 * Without import and export, so that a page takes it as a module and the worker as a script.
 */
(() => {
  const MOST_AT_ONCE = 200; // what the server takes in one call
  const MOST_REMEMBERED = 100;
  const PATIENCE = 20_000;
  const STORES = ["waiting", "sent", "facts"];

  let opened;

  function database() {
    opened ||= new Promise((resolve, reject) => {
      const request = indexedDB.open("stepin", 1);
      request.onupgradeneeded = () => {
        const waiting = request.result.createObjectStore("waiting", { keyPath: "n", autoIncrement: true });
        waiting.createIndex("id", "id", { unique: true });
        request.result.createObjectStore("sent", { keyPath: "n" });
        request.result.createObjectStore("facts");
      };
      request.onsuccess = () => {
        request.result.onversionchange = request.result.onclose = () => {
          request.result.close();
          opened = null;
        };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => (opened = null));
    return opened;
  }

  /** Runs `work(stores, give)` in one transaction; what was given is there once everything is on the disk. */
  async function inOne(mode, work) {
    const transaction = (await database()).transaction(STORES, mode, { durability: "strict" });
    const stores = Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)]));
    return new Promise((resolve, reject) => {
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      work(stores, (value) => (result = value));
    });
  }

  const read = (request, then) => (request.onsuccess = () => then(request.result));
  const fact = (name) => inOne("readonly", ({ facts }, give) => read(facts.get(name), give));
  const setFact = (name, value) => inOne("readwrite", ({ facts }) => facts.put(value, name));

  /** Tag of who learns here; empty for a visitor. */
  const here = async () => (await fact("person")) ?? "";

  /** Who the page is for. A visitor who has become a guest takes along what she did before. */
  function meet(person, isGuest) {
    return inOne("readwrite", ({ waiting, facts }) => {
      read(facts.get("person"), (before) => {
        if (before === person) return;
        facts.put(person, "person");
        facts.put(true, "ask");
      });
      if (!isGuest) return;
      read(waiting.openCursor(), function next(cursor) {
        if (!cursor) return;
        if (!cursor.value.person) cursor.update({ ...cursor.value, person });
        cursor.continue();
      });
    });
  }

  /** Keep a step. The same id twice is one step, whichever tab was first. */
  async function add(step) {
    const person = step.person ?? (await here());
    await inOne("readwrite", ({ waiting }) => {
      const request = waiting.add({ ...step, id: step.event.id, person });
      request.onerror = (event) => {
        if (request.error.name !== "ConstraintError") return;
        event.preventDefault();
        event.stopPropagation();
      };
    });
    tell();
  }

  /** What a step's form says, as POST /progress/ takes it; `openedAt` in milliseconds. */
  function eventOf(form, mark, openedAt) {
    const said = (name) => form.get(name) || "";
    return {
      id: said("id") || newId(), lesson: said("lesson"), step: said("step"), kind: said("kind"), mark,
      seconds: Math.max(0, Math.round((Date.now() - openedAt) / 1000)), happened_at: new Date().toISOString(),
      ...(said("helped") && { helped: true }),
      ...(said("practice") && { practice: JSON.parse(said("practice")) }),
    };
  }

  /** `crypto.randomUUID` is missing without https. */
  function newId() {
    const digit = (sign) => (sign ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (sign / 4)))).toString(16);
    return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, digit);
  }

  const list = (store) => inOne("readonly", (stores, give) => read(stores[store].getAll(), give));
  const count = () => inOne("readonly", ({ waiting }, give) => read(waiting.count(), give));

  /** Send what waits for who is here now: {sent, refused, left}, `left` counting other people's too. */
  function send() {
    // One tab at a time, the worker included; without locks the same step may go twice, and counts once.
    return navigator.locks ? navigator.locks.request("stepin-outbox", sendAll) : sendAll();
  }

  async function sendAll() {
    const told = { sent: 0, refused: 0, left: 0 };
    const waiting = await list("waiting");
    const hers = await here();
    const mayAsk = await fact("ask");
    let isAnswered = true;
    for (const person of new Set(waiting.map((step) => step.person))) {
      const isHers = person === hers || (mayAsk && (await post([], person)).status === 200);
      if (isHers) isAnswered = (await sendOf(person, told)) && isAnswered;
    }
    if (mayAsk && isAnswered && waiting.length) await setFact("ask", false);
    told.left = await count();
    if (told.sent || told.refused) tell();
    return told;
  }

  /** In their order, in parts; false when the server could not take them now. */
  async function sendOf(person, told) {
    let size = person === "" ? 1 : MOST_AT_ONCE; // a visitor becomes somebody by her first
    for (;;) {
      const part = (await list("waiting")).filter((step) => step.person === person).slice(0, size);
      if (!part.length) return true;
      const { status, answer, tag } = await post(part, person);
      if (status === 409 && person === "" && (person = await becomeGuest())) continue;
      const isTooMuch = status === 400 || status === 413;
      if (isTooMuch && part.length > 1) {
        size = Math.ceil(part.length / 2);
        continue;
      }
      if (status !== 200 && !isTooMuch) return false;
      const results = isTooMuch ? { [part[0].id]: "malformed" } : resultsOf(answer);
      const settled = part.filter((step) => step.id in results);
      if (!settled.length) return false;
      await settle(settled, results);
      told.refused += settled.filter((step) => results[step.id] !== "").length;
      told.sent += settled.filter((step) => results[step.id] === "").length;
      if (tag && person === "") {
        await meet(tag, true);
        person = tag;
        size = MOST_AT_ONCE;
      }
    }
  }

  /** Her first steps arrived, the answer that said so did not: the tag of the guest she has become, or "". */
  async function becomeGuest() {
    const who = await fetch("/me/ticket.json").then((answer) => answer.json(), () => null);
    if (!who?.is_guest) return "";
    await meet(who.person, true);
    return who.person;
  }

  /** {id: why it was refused, or "" when the server has it}. */
  function resultsOf({ accepted, known, refused }) {
    return Object.fromEntries([
      ...[...accepted, ...known].map((id) => [id, ""]),
      ...refused.map(({ id, reason }) => [id, reason]),
    ]);
  }

  function settle(steps, results) {
    const at = new Date().toISOString();
    return inOne("readwrite", ({ waiting, sent }) => {
      for (const step of steps) {
        const { n, id, person, title } = step;
        waiting.delete(n);
        sent.put({ n, person, title, at, result: results[id] });
      }
      read(sent.count(), (kept) => {
        read(sent.openCursor(), function next(cursor) {
          if (!cursor || kept-- <= MOST_REMEMBERED) return;
          cursor.delete();
          cursor.continue();
        });
      });
    });
  }

  /** {status: 0 when there is no answer, answer, tag of whose they are now}. */
  async function post(steps, person) {
    const events = steps.map((step) => step.event);
    const body = JSON.stringify({ whose: person, sent_at: new Date().toISOString(), events });
    const headers = { "Content-Type": "application/json" };
    try {
      const keepalive = body.length < 50_000; // the answer names a guest, though she may have left the page
      const signal = AbortSignal.timeout?.(PATIENCE);
      const answer = await fetch("/progress/", { method: "POST", body, headers, signal, keepalive });
      const json = answer.status === 200 ? await answer.json() : null;
      return { status: answer.status, answer: json, tag: answer.headers.get("StepIn-Person") };
    } catch {
      return { status: 0 };
    }
  }

  const channel = globalThis.BroadcastChannel ? new BroadcastChannel("stepin-outbox") : {};
  const drawAnew = () => globalThis.dispatchEvent(new Event("stepin:outbox"));
  channel.onmessage = drawAnew;

  function tell() {
    drawAnew();
    channel.postMessage?.(null);
  }

  /** Steps of a lesson that this device saw done by her: their numbers, from 1 on. `more` are added. */
  function stones(person, lesson, more = []) {
    const name = `stones ${person} ${lesson}`;
    return inOne("readwrite", ({ facts }, give) => {
      read(facts.get(name), (before = []) => {
        const all = [...new Set([...before, ...more])].sort((one, other) => one - other);
        if (all.length > before.length) facts.put(all, name);
        give(all);
      });
    });
  }

  globalThis.stepinOutbox = { add, count, eventOf, fact, here, list, meet, newId, send, setFact, stones };
})();
