/**
 * In class: tells where this page stands, follows the step of who leads, and says who comes to help.
 * Words: templates/classrooms/bar.html. Without it the bar's buttons are plain forms.
 */
const SECONDS = 2;
const LONGEST = 20; // between two tries while the network is away, or the page out of sight
const bar = document.getElementById("class-bar");
const words = bar.dataset;
const news = bar.querySelector(".class-bar__news");
const main = document.querySelector("main[data-step]");
const leads = "leads" in words;
const SENT = "stepin-led"; // where this tab was just sent to
const sent = sessionStorage.getItem(SENT);
sessionStorage.removeItem(SENT);
let hasSaid = false;
let known = "";
let pause = SECONDS;
let timer;

async function look() {
  clearTimeout(timer);
  try {
    const answer = await fetch(`/class/now.json?v=${encodeURIComponent(known)}`, { signal: AbortSignal.timeout?.(10_000) });
    if (answer.status === 410) return bar.remove();
    if (answer.status === 200) take(await answer.json());
    pause = SECONDS;
  } catch {
    pause = Math.min(pause * 2, LONGEST);
  }
  timer = setTimeout(look, 1000 * (document.hidden ? LONGEST : pause));
}

function take(now) {
  known = now.v;
  follow(now.led);
  for (const button of bar.querySelectorAll("[data-when]")) button.hidden = !now[button.dataset.when];
  const asking = bar.querySelector("[data-when=asking]");
  if (asking && now.asking) asking.textContent = asking.dataset.words.replace("{n}", now.asking);
  const ask = bar.querySelector(".class-bar__ask");
  if (ask) ask.hidden = now.help !== "";
  const followed = now.led ? (leads ? news.dataset.leading : words.led) : "";
  const text = now.help === "comes" ? words.comes.replace("{name}", now.by) : now.help ? words.asked : followed;
  if (news.textContent !== text) news.textContent = text;
}

function follow(led) {
  if (led === "" || led === words.path) return;
  if (!leads) {
    // A step that was taken away since leads to another page: stay there rather than try for ever.
    if (sent === led) return;
    sessionStorage.setItem(SENT, led);
    location.assign(`/${document.documentElement.lang}/${led}/`);
  } else if (main && !hasSaid && !document.hidden) {
    hasSaid = true; // once a look at this page: two windows of hers must not pull at everybody in turn
    say();
  }
}

/** Which step is on this screen; of who leads, everybody's. */
function say() {
  const { lesson, step } = main.dataset;
  const body = JSON.stringify({ lesson, step, path: words.path });
  return fetch("/class/here/", { method: "POST", body, headers: { "Content-Type": "application/json" } }).catch(() => {});
}

for (const button of bar.querySelectorAll("[data-when]")) button.hidden = true;
addEventListener("online", look);
// A page that comes back from the browser's memory may be many steps behind.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  known = "";
  hasSaid = false;
  if (main && !leads) say();
  look();
});
document.addEventListener("visibilitychange", () => {
  hasSaid = false;
  if (!document.hidden) look();
});
if (main && !leads) say();
look();
