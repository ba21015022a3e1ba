/**
 * On a computer of the class: after a time without touch or key, asks whether somebody is still there, and without an
 * answer sends the sign-out form. Times in seconds and all words come from the page.
 *
 * Before it sends, `document` hears "stepin:leaving" ({detail: {leave}}). Who has something to save first calls
 * `preventDefault()`, and `leave()` when that is done.
 */
const dialog = document.getElementById("still-there");
const form = dialog.querySelector("form");
const untilAsked = dialog.dataset.untilAsked * 1000;
const untilLeaving = untilAsked + dialog.dataset.toAnswer * 1000;
// She may have this site open twice: a touch in one window counts in the other.
const windows = new BroadcastChannel("stepin-class");
let touchedAt = Date.now();
let isLeaving = false;

function touch() {
  touchedAt = Date.now();
  windows.postMessage(touchedAt);
}

function leave() {
  form.submit();
}

function say() {
  if (isLeaving) return;
  isLeaving = true;
  const event = new CustomEvent("stepin:leaving", { bubbles: true, cancelable: true, detail: { leave } });
  if (document.dispatchEvent(event)) leave();
}

// Asked each second rather than awaited once: a computer that slept in between looks at its clock when it wakes.
function look() {
  const quiet = Date.now() - touchedAt;
  if (quiet >= untilLeaving) say();
  else if (quiet >= untilAsked && !dialog.open) dialog.showModal();
  else if (quiet < untilAsked && dialog.open) dialog.close();
}

for (const kind of ["pointerdown", "keydown", "wheel"]) {
  // While the question stands, only its own buttons are an answer.
  document.addEventListener(kind, () => dialog.open || touch(), { passive: true });
}
windows.addEventListener("message", ({ data }) => (touchedAt = Math.max(touchedAt, data)));
dialog.querySelector("[data-stay]").addEventListener("click", () => {
  touch();
  dialog.close();
});
dialog.addEventListener("cancel", touch); // the Escape key is a yes, too
form.addEventListener("submit", (event) => {
  event.preventDefault();
  say();
});
setInterval(look, 1000);
