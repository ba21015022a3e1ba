/** Keeps what stands in #live as far as the worker is: asks every second until the paper is ready or has failed. */
const SECONDS = 1;
const LONGEST = 15;
const place = document.getElementById("live");
const news = document.getElementById("news");
let pause = SECONDS;

async function look() {
  try {
    const answer = await fetch("?live", { signal: AbortSignal.timeout?.(10_000) });
    // Signed out, or no longer hers: the page itself says which.
    if (answer.redirected || answer.status === 404) return location.reload();
    if (answer.ok) draw(await answer.text());
    pause = answer.ok ? SECONDS : LONGEST;
  } catch {
    pause = Math.min(pause * 2, LONGEST);
  }
  if (["waiting", "working"].includes(place.firstElementChild.dataset.state)) setTimeout(look, 1000 * pause);
}

/** What changes each second is not read aloud; what became of the paper is, once. */
function draw(html) {
  place.innerHTML = html;
  const said = place.firstElementChild.dataset.news.trim();
  if (news.textContent.trim() !== said) news.textContent = said;
}

setTimeout(look, 1000 * SECONDS);
