/**
 * The engine: a simulator says what the person did, goals decide whether that was it.
 *
 * How far she is (ids of goals, kinds of mistakes, seconds) is kept for a reload of the page and is what is recorded.
 * What she typed lives in `state`, in the memory of this page alone.
 */
import { Icon, direction, fill, html, kit, paragraphs, render } from "./kit.js";

const MISTAKES_BEFORE_HINT = 2;
const MISTAKES_BEFORE_SHOWING = 4;
const MOST_STEPS_BACK = 50;

/** Whether the report is all that the goal wants. `wants` values: text, number, true/false, or a list of allowed ones. */
export function meets(goal, report) {
  return goal.did === report.did && Object.entries(goal.wants).every(([name, wanted]) => same(wanted, report[name]));
}

/** The kind of mistake when she did the goal's deed in another way; null when she did something else. */
export function missed(goal, report) {
  if (goal.did !== report.did) return null;
  const wrong = Object.keys(goal.wants).find((name) => !same(goal.wants[name], report[name]));
  return wrong ? goal.mistakes[wrong] || "other" : null;
}

function same(wanted, found) {
  if (Array.isArray(wanted)) return wanted.some((one) => same(one, found));
  return plain(wanted) === plain(found);
}

/** Whether nothing may move: the phone's wish, or hers on the help page. */
const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.matches("[data-comfort~=calm]");

const plain = (value) => (typeof value === "string" ? value.trim().replace(/\s+/g, " ").toLowerCase() : value);

class PracticeTask extends HTMLElement {
  async connectedCallback() {
    if (this.task) return;
    this.task = JSON.parse(this.querySelector("script").textContent);
    this.task.refuse = (kind) => this.refuse(kind);
    this.form = document.getElementById("practice-form");
    this.simulator = (await import(this.task.src)).default(kit(this.task), this.task);
    this.progress = this.remembered();
    this.startAgain({ keep: true });
    this.since = Date.now();
    addEventListener("pagehide", () => this.leave());
    if (this.isDone) this.offerNext();
  }

  // Goals ────────────────────────────────────────────────────────────────────

  isMet(goal) {
    return this.progress.met.includes(goal.id);
  }

  get open() {
    return this.task.goals.filter((goal) => !this.isMet(goal));
  }

  get current() {
    return this.open[0] || null;
  }

  get isDone() {
    return !this.current;
  }

  /** The simulator tells what happened; the goals it fulfils are met, whichever order they stand in. */
  report(report) {
    const fulfilled = this.open.filter((goal) => meets(goal, report)).slice(0, 1);
    if (fulfilled.length) {
      this.meet(fulfilled[0]);
    } else if (this.current) {
      const kind = missed(this.current, report);
      if (kind) this.mistake(kind);
    }
  }

  meet(goal) {
    this.progress.met.push(goal.id);
    this.isShowing = false;
    this.message = { tone: "good", text: this.task.say[`done.${goal.goal}`] || this.task.say["practice.good"] };
    if (this.isDone) this.finish();
    this.remember();
  }

  mistake(kind) {
    if (!this.current) return;
    const { id } = this.current;
    const counts = (this.progress.mistakes[id] ??= {});
    counts[kind] = (counts[kind] || 0) + 1;
    this.message = { tone: "here", text: this.task.say[`mistake.${kind}`] || this.task.say["mistake.other"] };
    if (this.mistakesNow >= MISTAKES_BEFORE_HINT && !this.progress.hints[id]) this.giveHint();
    this.remember();
    this.draw();
  }

  get mistakesNow() {
    return this.current ? total(this.progress.mistakes[this.current.id]) : 0;
  }

  refuse(kind) {
    this.mistake(`real-${kind}`);
    if (!this.current) {
      this.message = { tone: "here", text: this.task.say[`mistake.real-${kind}`] };
      this.draw();
    }
  }

  giveHint() {
    if (!this.current) return;
    count(this.progress.hints, this.current.id);
    this.remember();
    this.draw();
  }

  show() {
    if (!this.current) return;
    count(this.progress.shown, this.current.id);
    this.isShowing = true;
    this.remember();
    this.draw();
    this.lit?.scrollIntoView({ block: "center", behavior: isCalm() ? "auto" : "smooth" });
    this.lit?.focus({ preventScroll: true });
  }

  /** What to do next for the goal she is at: {part, text to type, how: "double" "right" "scroll" "drag", to}, or null. */
  get next() {
    const next = this.current && this.simulator.next(this.state, this.current);
    return typeof next === "string" ? { part: next } : next || null;
  }

  // State ────────────────────────────────────────────────────────────────────

  /**
   * Change what is on the screen: `then(state)` writes into a copy and may return a report, a list of them, or
   * {mistake: kind}. Typing gives `typing` (the box's part), so that one undo takes back the whole word.
   */
  change = (then, { typing } = {}) => {
    if (!typing || this.lastTyping !== typing) {
      this.past.push(this.state);
      if (this.past.length > MOST_STEPS_BACK) this.past.shift();
    }
    this.lastTyping = typing;
    this.state = structuredClone(this.state);
    const said = [then(this.state)].flat().filter((one) => one && (one.did || one.mistake));
    if (!typing) this.message = null;
    for (const one of said) one.mistake ? this.mistake(one.mistake) : this.report(one);
    this.draw();
  };

  /** Something of no consequence (a menu opened): it is drawn and cannot be undone. */
  touch = (then) => {
    this.state = structuredClone(this.state);
    then?.(this.state);
    this.draw();
  };

  undo() {
    this.state = this.past.pop() || this.state;
    this.lastTyping = null;
    this.message = null;
    this.draw();
  }

  startAgain({ keep = false } = {}) {
    if (!keep && !this.isDone) this.progress.met = [];
    this.state = this.simulator.start({ met: this.task.goals.filter((goal) => this.isMet(goal)), goals: this.task.goals });
    this.past = [];
    this.lastTyping = null;
    this.isShowing = false;
    this.message = null;
    this.remember();
    this.draw();
  }

  // Memory and record ────────────────────────────────────────────────────────

  get place() {
    return `stepin-practice-${this.task.step}`;
  }

  remembered() {
    const empty = { met: [], mistakes: {}, hints: {}, shown: {}, seconds: 0 };
    try {
      const kept = { ...empty, ...JSON.parse(sessionStorage.getItem(this.place)) };
      const ids = this.task.goals.map((goal) => goal.id);
      kept.met = kept.met.filter((id) => ids.includes(id)); // an editor may have taken a goal away
      return kept;
    } catch {
      return empty; // a browser that keeps nothing
    }
  }

  remember() {
    try {
      sessionStorage.setItem(this.place, JSON.stringify({ ...this.progress, seconds: this.seconds }));
    } catch {
      // It works without.
    }
  }

  get seconds() {
    return this.progress.seconds + Math.round((Date.now() - (this.since || Date.now())) / 1000);
  }

  /** What is recorded: {simulator, goals: {id: {goal, met, mistakes: {kind: n}, hints, shown}}}. Nothing she typed. */
  get result() {
    const { met, mistakes, hints, shown } = this.progress;
    const goals = this.task.goals.map(({ id, goal }) => [id, { goal, met: met.includes(id), mistakes: mistakes[id] || {}, hints: hints[id] || 0, shown: shown[id] || 0 }]);
    return { simulator: this.task.simulator, goals: Object.fromEntries(goals) };
  }

  event(id) {
    const { lesson, step, goals } = this.task;
    const mark = this.progress.met.length / goals.length;
    return { id, lesson, step, kind: "practice", mark, seconds: this.seconds, happened_at: new Date().toISOString(), practice: this.result, ...(this.form?.elements.helped?.value && { helped: true }) };
  }

  finish() {
    this.message = { tone: "good", text: this.task.say["practice.all-done"] };
    if (!this.task.isRecorded || !this.form) return;
    // Sent at once, so that it counts though she never presses “Next”; the form sends the same id again.
    this.form.elements.id.value ||= newId(); // a page kept on the phone has none
    this.send(this.event(this.form.elements.id.value));
    this.isSent = true;
    this.offerNext();
  }

  offerNext() {
    if (!this.form) return;
    this.form.elements.practice.value = JSON.stringify(this.result);
    this.form.dataset.done = "";
  }

  leave() {
    this.remember();
    const hasTried = this.progress.met.length || Object.keys(this.progress.mistakes).length;
    if (!this.task.isRecorded || this.isDone || this.isSent || !hasTried) return;
    this.isSent = true;
    const event = this.event(newId());
    this.leaveToOutbox(event); // a page that goes is not told whether its last request arrived
    if (navigator.onLine) this.send(event);
  }

  /** The page's outbox (js/offline.js) sends it, from the next page if need be; the same id counts once. */
  leaveToOutbox(event) {
    dispatchEvent(new CustomEvent("stepin:unsent", { detail: event }));
  }

  send(event) {
    const unsent = () => this.leaveToOutbox(event);
    if (!navigator.onLine) return unsent();
    const body = JSON.stringify({ events: [event] });
    const headers = { "Content-Type": "application/json" };
    fetch("/progress/", { method: "POST", body, headers, keepalive: true }).then((answer) => answer.status >= 500 && unsent(), unsent);
  }

  // Drawing ──────────────────────────────────────────────────────────────────

  draw() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    queueMicrotask(() => {
      this.isDrawing = false;
      const hadFocus = this.contains(document.activeElement);
      render(this.whole(), this);
      if (hadFocus && (!this.contains(document.activeElement) || document.activeElement.disabled)) this.catchFocus();
      this.light();
    });
  }

  /** What she pressed has gone: the focus goes to where the new screen begins, not to the top of the page. */
  catchFocus() {
    const screen = this.querySelector(".practice__screen");
    (screen.querySelector("[data-focus]") || screen).focus();
  }

  light() {
    for (const old of this.querySelectorAll("[data-lit]")) old.removeAttribute("data-lit");
    const next = this.isShowing ? this.next : null;
    this.lit = next && this.querySelector(`[data-part="${CSS.escape(next.part)}"]`);
    this.lit?.setAttribute("data-lit", "");
  }

  whole() {
    const { task, current } = this;
    const met = task.goals.filter((goal) => this.isMet(goal)).length;
    const next = this.isShowing ? this.next : null;
    const help = { lang: task.help, dir: direction(task.help) };
    const screen = { lang: task.screen, dir: direction(task.screen) };
    const hinted = current && this.progress.hints[current.id];
    const say = (key, values) => fill(task.say[key] || "", values);
    return html`
      <p class="practice__banner"><b ...${screen}>${task.words["practice.banner"]}</b>${task.help !== task.screen && html`<span ...${help}>${say("practice.banner")}</span>`}</p>
      <div class="practice__task" ...${help}>
        <h2 class="practice__now">${current ? current.say : say("practice.done-title")}</h2>
        <p class="practice__dots" role="img" aria-label=${say("practice.count", { met, total: task.goals.length })}>${task.goals.map((goal) => html`<span class=${this.isMet(goal) ? "stone stone--done" : goal === current ? "stone stone--here" : "stone"} />`)}</p>
        ${task.goals.length > 1 && html`<details class="practice__all"><summary>${say("practice.all-goals")}</summary><ol>${task.goals.map((goal) => html`<li class=${this.isMet(goal) ? "is-met" : goal === current ? "is-now" : ""}>${this.isMet(goal) && html`<${Icon} name="check" />`}<span>${goal.say}</span></li>`)}</ol></details>`}
        <div role="status" class="practice__status">
          ${this.message && html`<p class=${`practice__message practice__message--${this.message.tone}`}>${this.message.text}</p>`}
          ${hinted && !next ? html`<div class="practice__hint"><${Icon} name="bulb" /><div>${paragraphs(current.hint)}</div></div>` : null}
          ${next && html`<p class="practice__hint"><${Icon} name="eye" /><span>${say(next.text ? "practice.type-here" : next.how ? `practice.how-${next.how}` : "practice.press-here")}${next.text && html` <kbd ...${screen}>${next.text}</kbd>`}</span></p>`}
        </div>
      </div>
      <div class="practice__screen" tabindex="-1" role="group" aria-label=${say("title")} ...${screen}>${this.simulator.view(this.state, this)}</div>
      <div class="practice__tools" role="group" aria-label=${say("practice.tools")} ...${help}>
        <button type="button" data-tool="undo" disabled=${!this.past.length} onClick=${() => this.undo()}><${Icon} name="undo" />${say("practice.undo")}</button>
        <button type="button" data-tool="again" onClick=${() => this.startAgain()}><${Icon} name="reload" />${say("practice.again")}</button>
        ${current && html`<button type="button" data-tool="hint" onClick=${() => this.giveHint()}><${Icon} name="bulb" />${say("practice.hint")}</button>`}
        ${current && this.mayShow && html`<button type="button" data-tool="show" class="practice__show" onClick=${() => this.show()}><${Icon} name="eye" />${say("practice.show")}</button>`}
      </div>`;
  }

  get mayShow() {
    return this.mistakesNow >= MISTAKES_BEFORE_SHOWING || (this.progress.hints[this.current.id] || 0) >= 2;
  }
}

function total(counts = {}) {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

function count(counts, id) {
  counts[id] = (counts[id] || 0) + 1;
}

/** `crypto.randomUUID` exists on https and localhost only; a classroom server may have neither. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

customElements.define("practice-task", PracticeTask);
