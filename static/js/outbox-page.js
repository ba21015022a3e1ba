/** Fills the pages that say what is on this phone: modules kept, steps that wait, steps that were sent. */
import "./outbox.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const language = document.documentElement.lang;
const toggle = (name, isShown) => find(name) && (find(name).hidden = !isShown);

function row(text, { href, lang, small } = {}) {
  const item = document.createElement("li");
  const box = item.appendChild(Object.assign(document.createElement(href ? "a" : "div"), { className: "lesson" }));
  if (href) box.href = href;
  box.append(Object.assign(document.createElement("span"), { className: href ? "lesson__title" : "", textContent: text || href, lang: lang || "", dir: "auto" }));
  if (small) box.append(Object.assign(document.createElement("span"), { className: "small", textContent: small }));
  return item;
}

const when = (moment) => new Date(moment).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

async function modules() {
  const names = (await globalThis.caches?.keys()) || [];
  const packs = names.filter((name) => name.startsWith("stepin-pack ")).map(async (name) => {
    const [, language, module] = name.split(" ");
    return (await (await caches.open(name)).match(`/${language}/${module}/pack.json`))?.json();
  });
  const kept = (await Promise.all(packs)).filter(Boolean);
  find("kept-modules").replaceChildren(...kept.map((pack) => row(pack.title, { href: pack.url, lang: pack.title_language })));
  toggle("no-modules", !kept.length);
}

async function steps() {
  const here = await stepinOutbox.here();
  const waiting = await stepinOutbox.list("waiting");
  const hers = waiting.filter((step) => step.person === here);
  find("waiting-steps").replaceChildren(...hers.map((step) => row(step.title, { href: step.place, small: when(step.event.happened_at) })));
  toggle("nothing-waits", !waiting.length);
  const unnamed = here ? waiting.filter((step) => step.person === "") : [];
  toggle("others", waiting.length > hers.length + unnamed.length);
  toggle("unnamed", unnamed.length);
  toggle("when-waiting", hers.length);
  if (find("sent-steps")) await sent(here);
  if (find("qr")) await offerCodes(hers.length);
}

/** Only when few enough codes hold all that waits, and the browser can pack it. */
async function offerCodes(howMany) {
  if (!howMany || !("CompressionStream" in globalThis)) return toggle("qr", false);
  const { codes } = await import("./giving.js");
  toggle("qr", (await codes()).length > 0);
}

async function sent(here) {
  const reasons = JSON.parse(document.getElementById("reasons").textContent);
  const { good, bad } = find("sent-steps").dataset;
  const gone = (await stepinOutbox.list("sent")).filter((step) => step.person === here);
  gone.sort((one, other) => other.at.localeCompare(one.at));
  const told = ({ result, at }) => (result ? `${bad} ${reasons[result] || result}` : `${good} · ${when(at)}`);
  find("sent-steps").replaceChildren(...gone.map((step) => row(step.title, { small: told(step) })));
  toggle("nothing-sent", !gone.length);
}

async function sendNow() {
  const { left } = navigator.onLine ? await stepinOutbox.send() : { left: -1 };
  const said = find("said");
  if (said) said.textContent = left < 0 ? said.dataset.away : left ? said.dataset.left : said.dataset.sent;
}

async function draw() {
  await Promise.all([modules(), steps()]).catch(() => toggle("cannot", true));
}

document.addEventListener("click", async ({ target }) => {
  const todo = target.closest("[data-do]")?.dataset.do;
  if (todo === "send") await sendNow();
  if (todo === "claim") {
    await stepinOutbox.meet(await stepinOutbox.here(), true);
    await sendNow();
    await draw();
  }
  if (todo === "give" || todo === "show") {
    const giving = await import("./giving.js");
    await giving[todo]();
  }
});
addEventListener("stepin:outbox", draw);
draw();
import("./giving.js").then(({ renewTicket }) => renewTicket()).catch(() => {}); // the one from before is good
