/** Asks before steps are lost that no network could take; true when she wants to go all the same. */
export function mayLose(words) {
  const text = Object.assign(document.createElement("p"), { id: "outbox-ask", textContent: words.ask });
  const buttons = Object.entries({ stay: "button button--big", leave: "button button--quiet" }).map(([value, className]) =>
    Object.assign(document.createElement("button"), { value, className, textContent: words[value] }),
  );
  const form = Object.assign(document.createElement("form"), { method: "dialog", className: "stack" });
  const dialog = Object.assign(document.createElement("dialog"), { className: "card outbox-ask" });
  dialog.setAttribute("aria-labelledby", "outbox-ask");
  form.append(text, ...buttons);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "leave");
    });
  });
}
