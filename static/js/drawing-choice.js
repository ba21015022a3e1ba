/** Shows the chosen drawing beside its list of names, and opens all of them. Without it the list remains. */
const lists = new Map();

/** All drawings, fetched once however many steps a lesson has. */
function drawingsAt(url) {
  if (!lists.has(url)) {
    const fetched = fetch(url).then((response) => (response.ok ? response.text() : Promise.reject(response)));
    const parsed = fetched.then((html) => {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      return holder.content;
    });
    parsed.catch(() => lists.delete(url));
    lists.set(url, parsed);
  }
  return lists.get(url);
}

class DrawingChoice extends HTMLElement {
  connectedCallback() {
    this.select = this.querySelector("select");
    this.button = this.querySelector("button");
    this.picture = this.querySelector(".drawing-choice__picture");
    this.button.hidden = false;
    if (this.isReady) return;
    this.isReady = true;
    this.select.addEventListener("change", () => this.show());
    this.button.addEventListener("click", () => this.open());
    // The editor's form sets the value after it has put the list into the page.
    setTimeout(() => this.show());
  }

  async show() {
    const name = this.select.value;
    this.picture.hidden = true;
    if (!name) return;
    const drawings = await drawingsAt(this.dataset.drawings);
    if (name !== this.select.value) return;
    const drawing = drawings.querySelector(`[data-drawing="${CSS.escape(name)}"] svg`);
    this.picture.replaceChildren(...(drawing ? [drawing.cloneNode(true)] : []));
    this.picture.hidden = !drawing;
  }

  async open() {
    const drawings = await drawingsAt(this.dataset.drawings);
    const dialog = this.dialog(drawings);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue) this.choose(dialog.returnValue);
      this.button.focus();
    });
    dialog.showModal();
    dialog.querySelector(`[value="${CSS.escape(this.select.value)}"]`)?.scrollIntoView({ block: "center" });
  }

  choose(name) {
    this.select.value = name;
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  dialog(drawings) {
    const dialog = document.createElement("dialog");
    dialog.className = "drawings-dialog";
    dialog.innerHTML =
      '<form method="dialog"><header><h2></h2><label><span></span> <input type="search"></label>' +
      '<button class="button button-secondary" value="" formnovalidate></button></header><div class="drawings"></div></form>';
    dialog.setAttribute("aria-label", this.dataset.heading);
    dialog.querySelector("h2").textContent = this.dataset.heading;
    dialog.querySelector("label span").textContent = this.dataset.search;
    dialog.querySelector("header button").textContent = this.dataset.close;
    const choices = [...drawings.querySelectorAll("[data-drawing]")].map((figure) => {
      const choice = document.createElement("button");
      choice.className = "drawings__one";
      choice.value = figure.dataset.drawing;
      choice.setAttribute("aria-current", String(choice.value === this.select.value));
      const drawing = figure.querySelector("svg").cloneNode(true);
      drawing.setAttribute("aria-hidden", "true");
      const name = document.createElement("span");
      name.textContent = figure.dataset.drawing;
      choice.append(drawing, name);
      return choice;
    });
    dialog.querySelector(".drawings").append(...choices);
    const search = dialog.querySelector("input");
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().split(/[\s-]+/);
      for (const choice of choices) choice.hidden = !words.every((word) => choice.value.includes(word));
    });
    return dialog;
  }
}

customElements.define("drawing-choice", DrawingChoice);
