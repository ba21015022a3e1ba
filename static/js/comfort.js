/** The help page: each switch of comfort acts at once, and is kept. Other pages: see offline.js. */
const root = document.documentElement;

const form = document.querySelector(".comfort");
if (form) {
  const save = form.querySelector("button");
  let sent = Promise.resolve();
  const send = (body) => fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
  save.hidden = true;
  form.addEventListener("change", () => {
    const chosen = new FormData(form);
    root.dataset.comfort = chosen.getAll("comfort").join(" ");
    // One after the other, so that the last choice is the last one kept. What was not kept can be sent by hand.
    sent = sent.then(() => send(chosen)).then(({ type }) => { save.hidden = type === "opaqueredirect"; }, () => { save.hidden = false; });
  });
  for (const one of document.querySelectorAll("[data-script]")) one.hidden = !one.hidden; // what it offers, what to do without
  // Back as the browser does it: what she typed in an exercise is still there.
  const back = document.querySelector("[data-back]");
  back.addEventListener("click", (event) => {
    if (document.referrer !== back.href) return;
    event.preventDefault();
    history.back();
  });
}
