/** A model letter of decision, in which she finds what matters, and a calendar for the days that count. */
import { Icon, direction, html, paragraphs } from "../kit.js";
import { addDays, addMonths, daysBetween, weeksOf, writer } from "./days.js";

const NUMBER = "2027-014";
const ASKED = "2027-01-04"; // the date on the proof
const DATED = "2027-02-05";
const RECEIVED = "2027-02-10";
const MEETING = "2027-01-12"; // a Tuesday
/** What belongs on the calendar, and where. Without an hour it is for the whole day. */
const EVENTS = {
  appointment: { day: MEETING, hour: "9.30", icon: "calendar", paper: "message" },
  papers: { day: MEETING, icon: "folder", paper: "message" },
  answer: { day: addDays(ASKED, 30), icon: "mail", paper: "proof" },
  appeal: { day: addMonths(RECEIVED, 3), icon: "warning", paper: "envelope" },
};
const HOURS = ["8.30", "9.30", "14.00", "all-day"];
const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const PLAIN = { day: "numeric", month: "long", year: "numeric" };
const MONDAY = "2027-01-04";
/** The letter from top to bottom: a part to press, or a heading. */
const LETTER = ["office", "to", "date", "number", "head.decision", "decision", "reason", "head.appeal", "court", "deadline", "free", "talk", "sign"];

export default function letter(ui, task) {
  const { t, own, Word, Button } = ui;
  const person = Object.fromEntries(["name", "street", "number", "postcode", "town"].map((name) => [name, t(`person.${name}`)]));
  const long = writer(task.screen, LONG);
  const monthName = writer(task.screen, { month: "long", year: "numeric" });
  const weekday = writer(task.screen, { weekday: "short" });

  /** What stands in the blanks of texts, written as a language does. */
  function values(language) {
    const plain = writer(language, PLAIN);
    const full = writer(language, LONG);
    return { ...person, number: NUMBER, house: person.number, asked: plain(ASKED), dated: plain(DATED), received: full(RECEIVED), meeting: full(MEETING), proof: full(ASKED) };
  }
  const here = values(task.screen);
  const mine = values(task.help);

  // State ────────────────────────────────────────────────────────────────────

  function start({ goals, met }) {
    const first = goals.find((goal) => !met.some(({ id }) => id === goal.id)) || goals[0];
    const put = met.filter(({ did }) => did === "put");
    const events = put.map(({ wants }) => ({ hour: "all-day", ...wants }));
    return {
      view: first.did === "put" ? "calendar" : "letter",
      found: met.filter(({ did }) => did === "pressed").map(({ wants }) => wants.part),
      month: (first.wants.what === "appeal" ? RECEIVED : ASKED).slice(0, 7),
      day: null,
      what: "",
      hour: "",
      errors: {},
      events,
      asked: goals.filter(({ did }) => did === "put").map(({ wants }) => wants.what),
      parts: goals.map(({ wants }) => wants.part),
      hasBoth: new Set(goals.map(({ did }) => did)).size > 1,
    };
  }

  function press(act, part) {
    act.change((state) => {
      if (state.parts.includes(part) && !state.found.includes(part)) state.found.push(part);
      return { did: "pressed", part };
    });
  }

  function put(act) {
    act.change((state) => {
      const { what, hour, day, events } = state;
      state.errors = { what: !what, hour: !hour };
      if (!what || !hour) return { mistake: "missing" };
      const place = EVENTS[what];
      const isRight = day === place.day && (!place.hour || hour === place.hour);
      const isNew = !events.some((event) => event.what === what && event.day === day);
      // What is not right yet stays open before her, so that she changes only what is wrong.
      if (!isRight && act.current?.did === "put") return { did: "put", what, day, hour };
      if (isNew) events.push({ what, day, hour });
      Object.assign(state, { day: null, what: "", hour: "" });
      // A second time, or an event that nobody asked for: good, and no deed of a goal.
      return isNew && isRight && state.asked.includes(what) && { did: "put", what, day, hour };
    });
    settle(".let [data-focus]");
  }

  function set(act, change, place = ".let [data-focus]") {
    act.change((state) => void Object.assign(state, change));
    settle(place);
  }

  /** Once it is drawn: to the first question without an answer, else to `place`. */
  function settle(place) {
    setTimeout(() => {
      const target = document.querySelector(".let-choice--wrong input") || document.querySelector(place);
      target?.focus({ preventScroll: true });
      target?.scrollIntoView({ block: "nearest" });
    });
  }

  // Screens ──────────────────────────────────────────────────────────────────

  function view(state, act) {
    const tab = (name, icon) => html`<${Button} part=${`to-${name}`} k=${`tab.${name}`} icon=${icon} aria-current=${state.view === name ? "true" : undefined} onClick=${() => set(act, { view: name, day: null })} />`;
    const screen = state.view === "letter" ? paper(state, act) : state.day ? dayPage(state, act) : monthPage(state, act);
    return html`<div class="let">${state.hasBoth && html`<nav class="sim-bar" aria-label=${t("tabs")}>${tab("letter", "mail")}${tab("calendar", "calendar")}</nav>`}
      <div class="let-page" key=${state.view + (state.day || "")}>${screen}</div></div>`;
  }

  const lines = (part, language) => (language === "own" ? own(`part.${part}`, mine) || t(`part.${part}`, mine) : t(`part.${part}`, here)).split("\n").filter(Boolean);

  function paper(state, act) {
    const isPart = (one) => !one.startsWith("head.");
    return html`<h3 class="hidden-visually" data-focus tabindex="-1">${t("tab.letter")}</h3>
      ${envelope()}
      <article class="let-paper"><p class="let-model"><${Word} k="model" /></p>
        ${LETTER.map((one) => (isPart(one) ? part(one, state, act) : html`<h4 key=${one}>${t(one)}</h4>`))}</article>
      ${own("part.reason") && html`<details class="in-mine" lang=${task.help} dir=${direction(task.help)}><summary>${task.ownName}</summary>${LETTER.map((one) => (isPart(one) ? paragraphs(lines(one, "own").join("\n")) : html`<p><b>${own(one) || t(one)}</b></p>`))}</details>`}`;
  }

  function part(one, state, act) {
    const isFound = state.found.includes(one);
    return html`<button type="button" key=${one} class=${`let-part let-part--${one} ${isFound ? "let-part--found" : ""}`} data-part=${`part-${one}`} onClick=${() => press(act, one)}>
      <span>${lines(one).map((line) => html`<span>${line}</span>`)}</span>${isFound && html`<${Icon} name="check" />`}</button>`;
  }

  const envelope = () => html`<div class="let-envelope"><${Icon} name="mail" /><p>${dated("paper.envelope")}</p></div>`;

  /** A word with its meaning, each with the days as its language writes them. */
  function dated(k) {
    const meaning = own(k, mine);
    return html`<span class="word-pair"><span>${t(k, here)}</span>${meaning && html`<small lang=${task.help} dir=${direction(task.help)}>${meaning}</small>`}</span>`;
  }

  /** The paper where the day for this task stands. */
  function beside(act) {
    const name = EVENTS[act.current?.wants.what]?.paper;
    if (name === "envelope") return envelope();
    return name && html`<div class=${`let-note let-note--${name}`}><p><b><${Word} k=${`from.${name}`} values=${here} /></b></p>${noteText(name)}</div>`;
  }

  function noteText(name) {
    const meaning = own(`paper.${name}`, mine);
    return html`${paragraphs(t(`paper.${name}`, here))}${meaning && html`<details class="in-mine" lang=${task.help} dir=${direction(task.help)}><summary>${task.ownName}</summary>${paragraphs(meaning)}</details>`}`;
  }

  function monthPage(state, act) {
    const { month, events } = state;
    const turn = (by) => act.change((now) => ((now.month = addMonths(`${now.month}-01`, by).slice(0, 7)), null));
    const counts = act.current?.wants.what === "answer";
    const inMonth = events.filter(({ day }) => day.startsWith(month)).sort((a, b) => a.day.localeCompare(b.day));
    return html`${beside(act)}
      <div class="let-turn"><${Button} part="month-back" label="month.back" icon="back" onClick=${() => turn(-1)} /><h3 class="sim-heading" data-focus tabindex="-1" aria-live="polite">${monthName(`${month}-01`)}</h3><${Button} part="month-next" label="month.next" icon="forward" onClick=${() => turn(1)} /></div>
      <table class="let-month"><caption class="hidden-visually">${monthName(`${month}-01`)}</caption><thead><tr>${[0, 1, 2, 3, 4, 5, 6].map((at) => html`<th scope="col">${weekday(addDays(MONDAY, at))}</th>`)}</tr></thead>
        <tbody>${weeksOf(month).map((week) => html`<tr>${week.map((day) => html`<td>${day && dayButton(day, events.filter((event) => event.day === day), counts, act)}</td>`)}</tr>`)}</tbody></table>
      ${counts && html`<p class="sim-hint"><${Word} k="counting" /></p>`}
      ${inMonth.length > 0 && html`<ul class="let-events">${inMonth.map((event) => html`<li>${eventLine(event)}</li>`)}</ul>`}`;
  }

  function dayButton(day, events, counts, act) {
    const nth = daysBetween(ASKED, day);
    const label = [long(day), ...events.map(({ what }) => t(`what.${what}`)), counts && nth > 0 && t("nth", { n: nth })].filter(Boolean).join(", ");
    return html`<button type="button" class="let-day" data-part=${`day-${day}`} aria-label=${label} onClick=${() => set(act, { day, what: "", hour: "", errors: {} })}><b>${Number(day.slice(8))}</b>
      ${events.map(({ what }) => html`<${Icon} name=${EVENTS[what].icon} />`)}${counts && nth > 0 && nth < 32 && html`<small>${nth}</small>`}</button>`;
  }

  function eventLine({ what, day, hour }) {
    return html`<${Icon} name=${EVENTS[what].icon} /><span><b>${long(day)}${hour !== "all-day" && html` · ${t(`hour.${hour}`)}`}</b><${Word} k=${`what.${what}`} /></span>`;
  }

  function dayPage(state, act) {
    const { day, events } = state;
    const today = events.filter((event) => event.day === day);
    const remove = (what) => set(act, { events: events.filter((event) => event.day !== day || event.what !== what) });
    return html`<${Button} part="day-back" k="day.back" icon="back" onClick=${() => set(act, { day: null })} />
      <h3 class="let-leaf" data-focus tabindex="-1"><span>${monthName(day)}</span><b>${Number(day.slice(8))}</b><span>${writer(task.screen, { weekday: "long" })(day)}</span></h3>
      ${today.length > 0 && html`<ul class="let-events">${today.map((event) => html`<li>${eventLine(event)}<${Button} part=${`remove-${event.what}`} label="remove" icon="bin" onClick=${() => remove(event.what)} /></li>`)}</ul>`}
      ${beside(act)}
      ${choice("what", Object.keys(EVENTS), state, act)}${choice("hour", HOURS, state, act)}
      <${Button} part="put" k="save" icon="check" kind="main" onClick=${() => put(act)} />`;
  }

  function choice(name, options, state, act) {
    const choose = (option) => act.change((now) => ((now[name] = option), (now.errors[name] = false), null));
    const error = state.errors[name] ? `let-${name}` : undefined;
    return html`<fieldset class=${error ? "let-choice let-choice--wrong" : "let-choice"} aria-describedby=${error}><legend><${Word} k=${`ask.${name}`} /></legend>
      ${error && html`<p class="sim-error" id=${error}><${Word} k="choose" /></p>`}
      <div>${options.map((option) => html`<label key=${option} class=${state[name] === option ? "is-on" : ""}><input type="radio" name=${`let-${name}`} data-part=${`${name}-${option}`} checked=${state[name] === option} onChange=${() => choose(option)} onKeyDown=${(event) => event.key === "Enter" && choose(option)} />
        ${name === "what" && html`<${Icon} name=${EVENTS[option].icon} />`}<${Word} k=${`${name}.${option}`} /></label>`)}</div></fieldset>`;
  }

  // Show me ──────────────────────────────────────────────────────────────────

  function next(state, { did, wants }) {
    if (did === "pressed") return state.view === "letter" ? `part-${wants.part}` : "to-letter";
    if (state.view === "letter") return "to-calendar";
    if (state.day) return state.day === wants.day ? nextOnDay(state, wants) : "day-back";
    const month = wants.day.slice(0, 7);
    if (state.month !== month) return state.month < month ? "month-next" : "month-back";
    return `day-${wants.day}`;
  }

  function nextOnDay({ what, hour, events, day }, wants) {
    // It stands there already, from before she started again: a new one is only put when the old one is gone.
    if (events.some((event) => event.what === wants.what && event.day === day)) return `remove-${wants.what}`;
    if (what !== wants.what) return `what-${wants.what}`;
    const wanted = wants.hour || "all-day";
    return hour === wanted ? "put" : `hour-${wanted}`;
  }

  return { start, view, next };
}
