/**
 * Shows the button of a passkey where the browser knows passkeys, and says in the page's words what went wrong.
 * django-allauth's own script does the rest; without JavaScript the page says that a passkey needs it.
 */
const place = document.querySelector("[data-passkeys]");
const report = place.querySelector("[role=alert][hidden]");

function say(words) {
  report.textContent = words;
  report.hidden = false;
}

if (window.PublicKeyCredential) {
  for (const one of place.querySelectorAll("[data-needs-passkeys]")) one.hidden = false;
} else if (place.dataset.unknown) {
  say(place.dataset.unknown);
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const wasStopped = event.detail.exception.name === "NotAllowedError";
  say(wasStopped ? place.dataset.stopped : place.dataset.failed);
});
