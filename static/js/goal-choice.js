/** Beside a practice's simulator only its own goals can be chosen. Without it the list shows all, in groups. */
const practiceOf = (element) => element.closest(".struct-block:has(simulator-choice)");

class GoalChoice extends HTMLElement {
  connectedCallback() {
    // The editor's form sets values and places after it has put the list into the page.
    setTimeout(() => this.fit());
  }

  fit() {
    const simulator = practiceOf(this)?.querySelector("simulator-choice select")?.value;
    const select = this.querySelector("select");
    for (const group of select.querySelectorAll("optgroup")) {
      const isOurs = group.querySelector("option").value.startsWith(`${simulator}.`);
      group.hidden = group.disabled = Boolean(simulator) && !isOurs && !group.querySelector(":checked");
    }
  }
}

class SimulatorChoice extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => {
      for (const goal of practiceOf(this)?.querySelectorAll("goal-choice") ?? []) goal.fit();
    });
  }
}

customElements.define("goal-choice", GoalChoice);
customElements.define("simulator-choice", SimulatorChoice);
