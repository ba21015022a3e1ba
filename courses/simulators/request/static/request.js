/**
 * The online request to the CPAS: ten steps, one question a screen. `at` is the screen; `isChanging`: she came from
 * the check page and goes back there; `exit`: the letter on paper instead.
 */
import { Icon, html } from "../kit.js";
import { CHOICES, addDays, dateIn, fieldsOf, problems, today, workingDay } from "./facts.js";
import { sheets } from "./sheets.js";

const STEPS = [["need"], ["town"], ["name", "born"], ["ways", "contact", "language", "interpreter", "hours"], ["people", "children"], ["work", "rent"], ["words"], ["files"], ["check"], ["done"]];
const ROUTE = STEPS.flat();
/** For each deed of a goal: the screen where it begins and, when there are more, the one where it is done. */
const PLACES = { need: ["need"], town: ["town"], who: ["name", "born"], reach: ["ways", "hours"], household: ["people", "children"], money: ["work", "rent"], words: ["words"], file: ["files"], corrected: ["check", "address"], declared: ["check"], sent: ["check"], noted: ["done"], kept: ["done"] };

const SLOW = 1500; // a real server takes its time too; nothing is asked of her meanwhile
const WRONG_NUMBER = "21";
const SENTENCES = ["rent", "food", "work"];
const PAPERS = { contract: "file", identity: "card", photo: "picture" };
const SIGNS = { money: "card", housing: "home", food: "food", health: "plus", bills: "file", phone: "phone", mail: "mail", letter: "pen" };

export default function request(ui, task) {
  const { t, Word, Text, Button, Field } = ui;
  const card = Object.fromEntries(["first", "last", "born", "street", "number", "postcode", "town", "phone", "mail"].map((name) => [name, t(`person.${name}`)]));
  const { Papers, Letter, Proof, proofFile } = sheets(ui, task, card);
  const day = dateIn(task.screen);
  const isWide = matchMedia("(min-width: 75rem)").matches;
  let waiting = null;

  // State ────────────────────────────────────────────────────────────────────

  /** Standing at a screen, with all that comes before it filled in from the papers. */
  function fresh(at, isAddressOld) {
    const answers = { other: "", town: "", first: "", last: "", born: "", phone: "", mail: "", words: "", files: [], noPaper: false, street: card.street };
    // What the office had in its register is an old address: the line that she has to find.
    answers.number = isAddressOld ? WRONG_NUMBER : card.number;
    for (const screen of Object.keys(CHOICES)) answers[screen] = CHOICES[screen].isMany ? [] : "";
    for (const screen of ROUTE.slice(0, ROUTE.indexOf(at))) {
      for (const part of fieldsOf(screen, answers)) answers[part] = part === "words" ? t("say.rent") : card[part];
      if (CHOICES[screen]) answers[screen] = structuredClone(CHOICES[screen].usual);
      if (screen === "files") answers.files = ["contract"];
    }
    return { at, answers, errors: {}, isChanging: false, isPicking: false, isDeclared: false, exit: false, noted: "", saved: 0, sent: at === "done" && today() };
  }

  function start({ goals, met }) {
    clearTimeout(waiting);
    waiting = null;
    const open = goals.filter((goal) => !met.some(({ id }) => id === goal.id));
    const screens = (list) => ROUTE.filter((screen) => list.some(({ did }) => PLACES[did]?.[0] === screen));
    return fresh(screens(open)[0] || screens(goals).at(-1) || "check", open.some(({ did }) => did === "corrected"));
  }

  const isAddressWrong = (state) => problems("address", state.answers, card).length > 0;

  const neighbour = ({ at }, by) => ROUTE[ROUTE.indexOf(at) + by];

  function screenAfter(state) {
    if (!state.isChanging) return neighbour(state, 1);
    return state.at === "ways" && problems("contact", state.answers, card).length ? "contact" : "check";
  }

  // Deeds ────────────────────────────────────────────────────────────────────

  /** Once it is drawn: to the first box that is not right, else to `place`, else to where the new screen begins. */
  function settle(place = ".req [data-focus]") {
    setTimeout(() => {
      const target = document.querySelector(".req-page :is([aria-invalid=true], .req-choices--wrong input, .danger)") || document.querySelector(place);
      target?.focus({ preventScroll: true });
      target?.scrollIntoView({ block: "nearest" });
    });
  }

  function set(act, values, place) {
    act.change((state) => void Object.assign(state, values));
    settle(place);
  }

  function answer(act, part, value, isTyping) {
    const then = (state) => {
      state.answers[part] = value;
      state.saved += 1;
      delete state.errors[part];
    };
    act.change(then, isTyping && { typing: part });
  }

  function goOn(act) {
    let row;
    act.change((state) => {
      const { at } = state;
      const wrong = problems(at, state.answers, card);
      state.errors = Object.fromEntries(wrong.map(({ part, error }) => [part, error]));
      if (wrong.length) return { mistake: wrong[0].kind };
      state.at = screenAfter(state);
      if (state.isChanging && state.at === "check") {
        row = `[data-part="change-${at}"]`;
        state.isChanging = false;
      }
      return { did: Object.keys(PLACES).find((did) => PLACES[did].at(-1) === at && at !== "files") };
    });
    settle(row);
  }

  function declare(act) {
    act.change((state) => {
      state.errors = {};
      if (!state.isDeclared && isAddressWrong(state)) return { mistake: "did-not-see" };
      state.isDeclared = !state.isDeclared;
      return state.isDeclared && { did: "declared" };
    });
  }

  /** Pressing again while the page is slow does nothing, and is no mistake. */
  function send(state, act) {
    if (waiting) return;
    if (!state.isDeclared) {
      act.change((now) => ((now.errors.declare = "error.declare"), { mistake: isAddressWrong(now) ? "did-not-see" : "missing" }));
      return settle();
    }
    waiting = setTimeout(() => {
      waiting = null;
      act.change((now) => {
        if (now.at !== "check" || !now.isDeclared) return null; // she went elsewhere meanwhile
        Object.assign(now, { at: "done", sent: today() });
        return { did: "sent" };
      });
      settle();
    }, SLOW);
    act.touch();
  }

  function pick(act, paper) {
    act.change((state) => {
      const { answers } = state;
      answers.files = [...new Set([...answers.files, paper])];
      answers.noPaper = state.isPicking = false;
      state.saved += 1;
      // The identity card is a good paper too; it is just not the one that is asked for.
      return paper !== "identity" && { did: "file", paper };
    });
    settle(`[data-part="remove-${paper}"]`);
  }

  // Screens ──────────────────────────────────────────────────────────────────

  function view(state, act) {
    const step = Math.max(STEPS.findIndex((screens) => screens.includes(state.at)), state.at === "address" ? 2 : 0);
    return html`<div class="req"><div inert=${state.isPicking}>
      <header class="req-head"><p class="req-office"><span class="req-round"><${Icon} name="home" /></span><${Word} k="form.office" values=${card} /></p><p><${Word} k="form.title" /></p></header>
      ${!state.exit && html`<div class="req-progress"><p><b>${t("progress", { n: step + 1 })}</b>${STEPS[step].length > 1 && html`<${Word} k=${`step.${step + 1}`} />`}</p>
        <div class="stones" aria-hidden="true">${STEPS.map((_, at) => html`<span class=${`stone ${at < step ? "stone--done" : at === step ? "stone--here" : ""}`} />`)}</div></div>`}
      <p class="req-news" role="status" data-part="wait" tabindex="-1">${waiting ? html`<${Word} k="wait" />` : state.sent && html`<${Icon} name="check" /><${Word} k="received" />`}</p>
      <div class="req-body"><${Papers} isOpen=${isWide} />
        <section class="req-page" key=${state.exit || state.at}>${state.exit ? letter(state, act) : (PAGES[state.at] || question)(state, act)}</section></div>
      ${!state.exit && html`<footer class="req-exits"><${Button} part="to-letter" k="exit.letter" icon="print" onClick=${() => set(act, { exit: true })} />
        <details><summary><${Icon} name="call" /><${Word} k="exit.counter" /></summary><${Text} k="exit.counter-text" /></details></footer>`}
    </div>${state.isPicking && picker(act)}</div>`;
  }

  const heading = (at) => html`<h3 class="sim-heading" data-focus tabindex="-1" id="req-title"><${Word} k=${`q.${at}`} /></h3>${task.words[`hint-${at}`] && html`<p class="sim-hint"><${Word} k=${`hint-${at}`} /></p>`}`;
  const wrongWord = (k) => k && html`<p class="sim-error" id="req-error"><${Word} k=${k} /></p>`;

  function question(state, act) {
    const { at, answers } = state;
    const fields = fieldsOf(at, answers);
    return html`${heading(at)}${CHOICES[at] && choices(state, act)}
      ${fields.length > 0 && html`<p class="sim-hint"><b class="sim-star">*</b> <${Word} k="required" /></p>`}${fields.map((part) => box(state, act, part))}
      ${answers.need.includes("other") && at === "need" && box(state, act, "other")}
      ${at === "words" && html`<p><b><${Word} k="say.title" /></b></p><div class="req-list">${SENTENCES.map((one) => html`<${Button} part=${`say-${one}`} icon="plus" k=${`say.${one}`} onClick=${() => answer(act, "words", `${answers.words} ${t(`say.${one}`)}`.trim())} />`)}</div>`}
      ${buttons(state, act)}`;
  }

  function box(state, act, part) {
    const hint = task.words[`field.${part}-hint`] && `field.${part}-hint`;
    return html`<${Field} key=${part} part=${part} k=${`field.${part}`} type=${{ phone: "tel", mail: "email" }[part]} lines=${part === "words" && 5} required=${part !== "other"} hint=${hint} error=${state.errors[part]}
      value=${state.answers[part]} onInput=${(value) => answer(act, part, value, true)} onEnter=${part !== "words" && (() => goOn(act))} />`;
  }

  function choices({ at, answers, errors }, act) {
    const { options, isMany, isOptional } = CHOICES[at];
    const chosen = [answers[at]].flat();
    const choose = (option) => answer(act, at, !isMany ? option : chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]);
    return html`<fieldset class=${`req-list ${errors[at] ? "req-choices--wrong" : ""}`} aria-labelledby="req-title" aria-describedby=${errors[at] && "req-error"}>
      <p class="sim-hint">${!isOptional && html`<b class="sim-star">*</b> `}<${Word} k=${isMany ? "choose.many" : "choose.one"} /></p>${wrongWord(errors[at])}
      ${options.map((option) => tick(`${at}-${option}`, chosen.includes(option), () => choose(option), html`${SIGNS[option] && html`<${Icon} name=${SIGNS[option]} />`}${optionWord(at, option)}`, isMany ? {} : { type: "radio", name: `req-${at}` }))}
    </fieldset>`;
  }

  function tick(part, isOn, press, inside, rest) {
    return html`<label key=${part} class=${isOn ? "req-choice req-choice--on" : "req-choice"}><input type="checkbox" data-part=${part} checked=${isOn} onChange=${press} onKeyDown=${(event) => event.key === "Enter" && press()} ...${rest} />${inside}</label>`;
  }

  function optionWord(at, option) {
    if (at === "language" && option !== "other") return html`<span lang=${option}>${new Intl.DisplayNames(option, { type: "language" }).of(option)}</span>`;
    if (/\d/.test(option)) return html`<span>${option}</span>`;
    return html`<${Word} k=${["yes", "no", "dont-know", "other"].includes(option) ? `answer.${option}` : `${at}.${option}`} />`;
  }

  function buttons(state, act, main) {
    const { saved, isChanging, at } = state;
    return html`<p class="req-saved">${saved > 0 && html`<span key=${saved}><${Icon} name="check" /><${Word} k="saved" /></span>`}</p>
      <div class="req-buttons">${!isChanging && at !== "need" && html`<${Button} part="back" k="back" icon="back" onClick=${() => set(act, { at: neighbour(state, -1), errors: {} })} />`}
      ${main || html`<${Button} part="next" k=${isChanging ? "keep" : "next"} kind="main" onClick=${() => goOn(act)} />`}</div>`;
  }

  const fileName = (paper) => html`<span class="req-name"><b>${t(`file.${paper}`)}</b><${Word} k=${`paper.${paper}`} /></span>`;

  function filesPage(state, act) {
    const { files, noPaper } = state.answers;
    const remove = (paper) => (answer(act, "files", files.filter((one) => one !== paper)), settle('[data-part="add-file"]'));
    return html`${heading("files")}
      ${files.length > 0 && html`<ul class="req-list">${files.map((paper) => html`<li key=${paper} class="req-file"><${Icon} name=${PAPERS[paper]} />${fileName(paper)}
        <${Button} part=${`remove-${paper}`} k="remove" icon="bin" kind=${state.errors[`remove-${paper}`] && "danger"} onClick=${() => remove(paper)} />${wrongWord(state.errors[`remove-${paper}`])}</li>`)}</ul>`}
      <${Button} part="add-file" k="add_file" icon="clip" onClick=${() => set(act, { isPicking: true, errors: {} }, ".req-dialog [data-focus]")} />
      ${!files.length && tick("no-paper", noPaper, () => answer(act, "noPaper", !noPaper), html`<${Word} k="no_paper" />`)}
      ${buttons(state, act)}`;
  }

  function picker(act) {
    const close = () => set(act, { isPicking: false }, '[data-part="add-file"]');
    return html`<div class="req-over"><div class="req-dialog req-list" role="dialog" aria-modal="true" aria-labelledby="req-dialog" onKeyDown=${(event) => event.key === "Escape" && close()}>
      <h3 id="req-dialog" data-focus tabindex="-1"><${Word} k="pick.title" /></h3><${Button} part="pick-close" label="close" icon="close" kind="plain" onClick=${close} />
      ${Object.keys(PAPERS).map((paper) => html`<${Button} part=${`pick-${paper}`} icon=${PAPERS[paper]} onClick=${() => pick(act, paper)}>${fileName(paper)}<//>`)}</div></div>`;
  }

  /** Every answer: the screen to change it at, and its values, words or texts. */
  function rows({ answers }) {
    const chosen = (screen) => [answers[screen]].flat().filter(Boolean).map((option) => optionWord(screen, option));
    const values = {
      need: [...chosen("need"), answers.other],
      name: [`${answers.first} ${answers.last}`.trim()],
      address: [`${answers.street} ${answers.number}`],
      files: answers.files.length ? answers.files.map((paper) => t(`file.${paper}`)) : [answers.noPaper && html`<${Word} k="no_paper" />`],
    };
    const screens = ROUTE.slice(0, ROUTE.indexOf("check"));
    screens.splice(screens.indexOf("born"), 0, "address");
    return screens.map((screen) => ({ screen, values: (values[screen] || (CHOICES[screen] ? chosen(screen) : fieldsOf(screen, answers).map((part) => answers[part]))).filter(Boolean) }));
  }

  function checkPage(state, act) {
    const { isDeclared, errors } = state;
    return html`${heading("check")}
      <dl class="req-check">${rows(state).map(({ screen, values }) => html`<div key=${screen}><dt><${Word} k=${`short.${screen}`} /></dt><dd>${values.length ? values.map((value) => html`<span>${value}</span>`) : "–"}</dd>
        <dd><${Button} part=${`change-${screen}`} k="change" aria-label=${`${t("change")} – ${t(`short.${screen}`)}`} onClick=${() => set(act, { at: screen, errors: {}, isChanging: true })} /></dd></div>`)}</dl>
      <p class="req-note"><${Word} k="legal" /></p>${wrongWord(errors.declare)}
      ${tick("declare", isDeclared, () => declare(act), html`<${Word} k="it_is_true" />`, errors.declare && { "aria-invalid": "true", "aria-describedby": "req-error" })}
      ${buttons(state, act, html`<${Button} part="send" k=${waiting ? "wait" : "send"} kind="main" aria-disabled=${waiting ? "true" : undefined} onClick=${() => send(state, act)}>${waiting && html`<i class="req-wheel" />`}<//>`)}`;
  }

  function donePage(state, act) {
    const counts = workingDay(state.sent, task.holidays);
    const proof = { number: `${state.sent.slice(0, 4)}-014`, sent: day(state.sent), counts: counts !== state.sent && day(counts), before: day(addDays(counts, 30)) };
    const notes = { number: `${proof.number} · ${proof.sent}`, postcode: card.postcode, phone: card.phone };
    const dates = { request: proof.sent, decision: proof.before };
    const keep = () => act.change(() => ({ did: "kept" }));
    return html`<${Proof} proof=${proof} />
      <h4><${Word} k="note.title" /></h4><div class="req-list">${Object.keys(notes).map((what) => html`<${Button} part=${`note-${what}`} icon="pen" aria-pressed=${state.noted === what} onClick=${() => act.change((now) => ((now.noted = what), { did: "noted", what }))}>${notes[what]}<//>`)}</div>
      ${state.noted && html`<p class="req-pad">${notes[state.noted]}</p>`}
      <h4><${Word} k="keep.title" /></h4><div class="req-buttons">
        <a class="sim-button main" data-part="save" href=${proofFile(proof)} download=${`${t("keep.file")}-${proof.number}.pdf`} onClick=${keep}><${Icon} name="download" /><${Word} k="keep.pdf" /></a><${Button} part="print-proof" k="print" icon="print" onClick=${() => (print(), keep())} /></div>
      <h4><${Word} k="line.title" /></h4><ol class="req-line">${["request", "talk", "decision", "letter", "payment"].map((one) => html`<li key=${one} class=${one}><${Word} k=${`line.${one}`} />${dates[one] && html`<b>${dates[one]}</b>`}</li>`)}</ol><p class="req-note"><${Word} k="line.late" /></p>
      <${Button} part="restart" k="restart" icon="reload" onClick=${() => set(act, fresh(PLACES[act.current?.did]?.[0] || "need", act.current?.did === "corrected"))} />`;
  }

  function letter(state, act) {
    return html`<${Letter} rows=${rows(state)} date=${day(today())} /><div class="req-buttons"><${Button} part="exit-back" k="exit.back" icon="back" onClick=${() => set(act, { exit: false })} />
      <${Button} part="print-letter" k="print" icon="print" kind="main" onClick=${() => (print(), act.change(() => ({ did: "printed" })))} /></div>`;
  }

  const PAGES = { files: filesPage, check: checkPage, done: donePage };

  // Show me ──────────────────────────────────────────────────────────────────

  function next(state, { did }) {
    if (waiting) return { part: "wait", how: "scroll" };
    if (state.isPicking) return did === "file" ? "pick-contract" : "pick-close";
    if (did === "printed") return state.exit ? "print-letter" : "to-letter";
    if (state.exit) return "exit-back";
    if (state.at === "done") return { noted: "note-number", kept: "save" }[did] || "restart";
    const place = PLACES[did].at(-1);
    if (state.at === "check") return fromCheck(state, did, place);
    return !state.isChanging && ROUTE.indexOf(state.at) > ROUTE.indexOf(place) && place !== "address" ? "back" : forward(state, did);
  }

  function fromCheck(state, did, place) {
    if (!["check", "done"].includes(place)) return `change-${place}`;
    if (isAddressWrong(state)) return "change-address";
    return state.isDeclared && did !== "declared" ? "send" : "declare";
  }

  /** What this screen still lacks, then on. */
  function forward({ at, answers }, did) {
    if (at === "files" && answers.files.includes("photo")) return "remove-photo";
    if (at === "files" && did === "file") return answers.files.includes("contract") ? "remove-contract" : "add-file";
    const [wrong] = problems(at, answers, card);
    if (!wrong) return "next";
    if (CHOICES[at]) return `${at}-${[CHOICES[at].usual].flat()[0]}`;
    return at === "words" ? "say-rent" : { part: wrong.part, text: card[wrong.part] };
  }

  return { start, view, next };
}
