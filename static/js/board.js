/** Keeps what stands in #live as it is in the class: asks every second and a half, and draws only what changed. */
const SECONDS = 1.5;
const LONGEST = 15;
const place = document.getElementById("live");
const lost = document.getElementById("board-lost");
let pause = SECONDS;
let timer;

async function look() {
  clearTimeout(timer);
  const { url, on, v } = place.dataset;
  try {
    const answer = await fetch(`${url}?on=${on}&v=${encodeURIComponent(v)}`, { signal: AbortSignal.timeout?.(10_000) });
    // Over, or somebody else sits here now: the page itself says which.
    if (answer.status === 410 || answer.status === 403) return location.reload();
    if (answer.status === 200) draw(await answer.text(), answer.headers.get("StepIn-State"));
    if (answer.status < 500) pause = SECONDS;
    say(answer.status >= 500);
  } catch {
    pause = Math.min(pause * 2, LONGEST);
    say(true);
  }
  timer = setTimeout(look, 1000 * pause);
}

/** The focus stays on the button it was on, by its id, and the table where it was scrolled to. */
function draw(html, state) {
  const focused = document.activeElement?.id;
  const scrolled = place.querySelector(".table-scroll")?.scrollLeft ?? 0;
  place.innerHTML = html;
  place.dataset.v = state;
  const table = place.querySelector(".table-scroll");
  if (table) table.scrollLeft = scrolled;
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function say(isLost) {
  if (lost) lost.hidden = !isLost;
}

addEventListener("online", look);
document.addEventListener("visibilitychange", () => document.hidden || look());
timer = setTimeout(look, 1000 * SECONDS);
