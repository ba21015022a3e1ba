/**
 * A page from the phone's own copy knows nobody: here it shows what this device remembers of her, and explains an
 * answer as the server would. A page that lost its network may explain with the kept copy of itself.
 */
const isKept = "kept" in document.getElementById("outbox").dataset;

/** Says whether the answer is right: 1 or 0; null when none was chosen, undefined when this device does not know. */
export async function explain(answer) {
  const source = await explanations();
  const told = [...(source?.querySelectorAll("template[data-answer]") || [])].find((one) => one.dataset.answer === answer);
  if (!told) return undefined;
  document.getElementById("answer").replaceChildren(document.importNode(told.content, true));
  if (!answer) return null;
  const isRight = "right" in told.dataset;
  for (const label of document.querySelectorAll("#question .answer")) {
    const input = label.querySelector("input");
    label.classList.toggle("answer--wrong", isRight ? input.value !== answer : input.value === answer);
    label.classList.toggle("answer--right", isRight && input.value === answer);
    input.disabled = isRight;
  }
  const button = document.querySelector("button[form=question]");
  if (!isRight) button.textContent = source.querySelector("template[data-again]").content.textContent;
  if (isRight) {
    button.replaceWith(document.importNode(source.querySelector("template[data-onward]").content, true));
    document.querySelector("#question ~ p .later")?.parentElement.remove();
    document.querySelector(".onward .button--next").focus();
  }
  return isRight ? 1 : 0;
}

async function explanations() {
  if (document.querySelector("template[data-answer]")) return document;
  const copy = await globalThis.caches?.match(location.pathname, { ignoreVary: true });
  return copy && new DOMParser().parseFromString(await copy.text(), "text/html");
}

/** The stones of a lesson that this device saw her step on. */
async function lightStones() {
  await import("./outbox.js");
  const lesson = document.querySelector("[data-lesson]")?.dataset.lesson;
  const row = document.querySelector(".stones[data-count]");
  if (!lesson || !row) return;
  const done = await stepinOutbox.stones(await stepinOutbox.here(), lesson);
  const stones = [...row.querySelectorAll(".stone")];
  for (const number of done) stones[number - 1]?.classList.add("stone--done");
  const lit = stones.filter((stone) => stone.classList.contains("stone--done")).length;
  row.setAttribute("aria-label", row.dataset.count.replace("{done}", lit));
  const open = stones.findIndex((stone) => !stone.classList.contains("stone--done"));
  const ending = document.querySelector("[data-all-done]");
  if (ending) ending.hidden = open !== -1;
  const start = document.querySelector("[data-start]");
  if (start && open > 0) start.href = start.href.replace(/\d+\/$/, `${open + 1}/`);
}

/** An answer that the network did not take (sw.js) is chosen and sent once more, to be kept and explained here. */
function answerAgain() {
  const answer = new URLSearchParams(location.search).get("unsent");
  const chosen = [...document.querySelectorAll("#question [type=radio]")].find((radio) => radio.value === answer);
  if (!chosen) return;
  history.replaceState(null, "", location.pathname);
  chosen.checked = true;
  document.querySelector("button[form=question]").click();
}

/** The server marks pages of who is helped (learners/helped.py); a kept page reads the mark itself. */
async function sayHelped() {
  const [, until, tag] = /(?:^|; )stepin_helped=(\d+)\.(\w+)/.exec(document.cookie) || [];
  const field = document.querySelector("[name=helped]");
  if (!field || !(until * 1000 > Date.now())) return;
  await import("./outbox.js");
  if (tag === (await stepinOutbox.here())) field.value = "1";
}

if (isKept) sayHelped().catch(() => {}).then(answerAgain);
if (isKept) lightStones().catch(() => {}); // a device that remembers nothing shows none
