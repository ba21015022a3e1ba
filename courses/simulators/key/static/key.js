/**
 * A service that asks to sign in, and what proves who she is: a card with a chip in a reader, or an app on a phone.
 *
 * What comes from outside (a request nobody asked for, a helper who calls, a card without a chip) belongs to the goal
 * she is at, and is drawn from it. Everything she does herself is in the state.
 */
import { Icon, drags, html } from "../kit.js";
import { cardDrawing, hand, helper, laptopFoot, slot } from "./things.js";

const PIN = "1234"; // the practice PIN on the paper
const PIN_KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "back", "0", "ok"];
const WAYS = ["counter", "phone", "letter", "borrow"];

// What the computer and the phone show for each kind of request.
const NUMBERS = { true: { computer: "46", phone: "46" }, number: { computer: "27", phone: "84" }, false: { phone: "63" } };

export default function key({ t, spoken, Word, Button }) {
  const isAsked = (goal) => goal?.goal === "refuse-false";
  const isCalled = (goal) => goal?.goal === "never-tell-pin";
  const hasChip = (goal) => goal?.goal !== "choose-other-way";

  // Deeds ────────────────────────────────────────────────────────────────────

  function open(state, page) {
    state.page = page;
    state.request = null;
    state.pin = "";
    state.isWrong = false;
  }

  function putIn(state, goal) {
    if (!hasChip(goal)) return { mistake: "no-chip" };
    if (state.isTurned) state.isIn = true;
    return { did: "card-in", chip: state.isTurned };
  }

  function takeOut(state) {
    state.isIn = false;
    state.isTurned = false;
    state.pin = "";
    state.isWrong = false;
    return { did: "card-out" };
  }

  function press(state, sign) {
    if (sign === "ok") return checkPin(state);
    state.isWrong = false;
    state.pin = sign === "back" ? state.pin.slice(0, -1) : (state.pin + sign).slice(0, PIN.length);
    return null;
  }

  function checkPin(state) {
    if (state.pin.length < PIN.length) return null;
    const right = state.pin === PIN;
    state.pin = "";
    state.isWrong = !right;
    if (right) state.page = "in";
    return { did: "pin", right };
  }

  function askApp(state, goal) {
    open(state, "app");
    state.request = goal?.goal === "refuse-number" ? "number" : "true";
  }

  function answer(state, kind, given) {
    if (kind === "true") open(state, given === "confirm" ? "in" : "refused");
    else if (kind === "number" && given === "refuse") open(state, "refused");
    return { did: `answered-${kind}`, answer: given };
  }

  function signOut(state) {
    open(state, "home");
    return { did: "signed-out" };
  }

  // The screen ───────────────────────────────────────────────────────────────

  function view(state, act) {
    return html`<div class="key" onKeyDown=${(event) => typeOn(event, state, act)}>
      ${computer(state, act)}
      <div class="key-desk">${things(state, act)}</div>
    </div>`;
  }

  function computer(state, act) {
    return html`<div class="key-computer"><div class="key-screen">
      <div class="key-head"><b><${Word} k="service" /></b>${state.page === "in" && html`<${Button} part="sign-out" k="sign_out" icon="power" onClick=${() => act.change(signOut)} />`}</div>
      <div class="key-page" key=${state.page}>${pages[state.page](state, act)}</div>
    </div>${laptopFoot()}</div>`;
  }

  const title = (k) => html`<h3 class="sim-heading" data-focus tabindex="-1"><${Word} k=${k} /></h3>`;
  const otherWay = (act) => html`<${Button} part="ways" k="ways.back" icon="back" kind="plain" onClick=${() => act.change((s) => open(s, "ways"))} />`;

  const pages = {
    home: (_state, act) => html`${title("home.title")}<p><${Word} k="home.text" /></p>
      <${Button} part="sign-in" k="sign_in" icon="person" kind="main" onClick=${() => act.change((s) => open(s, "ways"))} />`,
    ways: (_state, act) => html`${title("ways.title")}<div class="key-ways">
      <${Button} part="way-card" k="ways.card" icon="card" onClick=${() => act.change((s) => open(s, "card"))} />
      <${Button} part="way-app" k="ways.app" icon="phone" onClick=${() => act.change((s) => askApp(s, act.current))} />
      <${Button} part="way-other" k="ways.other" icon="question" onClick=${() => act.change((s) => open(s, "other"))} /></div>`,
    card: (state, act) => html`${title(state.isIn ? "card.pin" : "card.put")}<p><${Word} k=${state.isIn ? "card.pin.text" : "card.put.text"} /></p>${otherWay(act)}`,
    app: (state, act) => html`${title("app.title")}<p><${Word} k="app.text" /></p>${otherWay(act)}${number(NUMBERS[state.request].computer)}`,
    refused: (_state, act) => html`${title("refused.title")}<p><${Word} k="refused.text" /></p>${otherWay(act)}`,
    other: (state, act) => html`${title("other.title")}<p><${Word} k="other.text" /></p><div class="key-ways">
      ${WAYS.map((way) => html`<${Button} part=${`go-${way}`} k=${`other.${way}`} icon=${{ counter: "home", phone: "call", letter: "mail", borrow: "card" }[way]} aria-pressed=${state.way === way} onClick=${() => act.change((s) => choose(s, way))} />`)}</div>${otherWay(act)}`,
    in: () => html`${title("in.title")}<p><${Word} k="in.text" /></p><p class="key-file"><${Icon} name="file" /><${Word} k="in.file" /></p>`,
  };

  function choose(state, way) {
    state.way = way;
    return { did: "chose-way", way };
  }

  const number = (digits) => html`<p class="key-number" aria-label=${spoken("number", { number: digits })} role="img">${digits}</p>`;

  // What lies beside the computer ────────────────────────────────────────────

  function things(state, act) {
    const goal = act.current;
    if (isCalled(goal)) return call(act);
    if (isAsked(goal)) return phone("false", act);
    if (state.request) return phone(state.request, act);
    if (state.isIn || state.page === "card") return reader(state, act);
    return lying(goal);
  }

  /** The card of Sam on the table, and a paper with the practice PIN. */
  function lying(goal) {
    return html`<div class="key-table"><span class="key-card">${cardDrawing(hasChip(goal))}</span><p class="key-caption"><${Word} k=${hasChip(goal) ? "card.chip" : "card.no-chip"} /></p></div>`;
  }

  function reader(state, act) {
    return html`<div class="key-table">
      ${takesPin(state) && html`<p class="key-paper"><${Word} k="pin.paper" /><b>${PIN.split("").join(" ")}</b></p>`}
      <div class="key-reader" data-drop="reader" role="group" aria-label=${spoken("reader")}>
        ${takesPin(state) ? pad(state, act) : html`<p class="key-display"><${Word} k=${state.isIn ? "reader.has" : "reader.put"} /></p>`}
        ${slot(!state.isIn)}
      </div>
      ${state.isIn ? cardInside(act) : cardBefore(state, act)}
    </div>`;
  }

  function cardBefore(state, act) {
    const put = () => act.change((s) => putIn(s, act.current));
    const points = state.isTurned ? "up" : "down";
    return html`<button type="button" class="key-card" key="before" data-part="card" onClick=${put} ...${drags((place) => place === "reader" && put())}>${cardDrawing(hasChip(act.current), points)}<${Word} k="card.in" /></button>
      <${Button} part="turn-card" k="card.turn" icon="reload" onClick=${() => act.change((s) => { s.isTurned = !s.isTurned; })} />`;
  }

  /** Half of it is in the reader. */
  function cardInside(act) {
    return html`<button type="button" class="key-card key-card--in" key="in" data-part="card-out" onClick=${() => act.change(takeOut)}><span class="key-half">${cardDrawing(true, "up")}</span><${Word} k="card.out" /></button>`;
  }

  function pad(state, act) {
    return html`${hand()}
      <p class="key-display" role="status">${state.isWrong ? html`<${Word} k="pin.again" />` : html`<span class="hidden-visually">${spoken("pin.signs", { n: state.pin.length })}</span><span class="key-dots" aria-hidden="true">${PIN.split("").map((_, n) => html`<i class=${n < state.pin.length ? "key-dot key-dot--full" : "key-dot"} />`)}</span>`}</p>
      <div class="key-pad">${PIN_KEYS.map((sign) => html`<button type="button" data-part=${`pin-${sign}`} class=${sign === "ok" ? "key-ok" : ""} aria-label=${sign === "back" ? spoken("pin.back") : sign === "ok" ? spoken("pin.ok") : undefined} onClick=${() => act.change((s) => press(s, sign))}>${sign === "back" ? "⌫" : sign === "ok" ? html`<${Icon} name="check" />` : sign}</button>`)}</div>
      <p class="key-caption"><${Word} k="pin.nobody" /></p>`;
  }

  const takesPin = (state) => state.isIn && state.page === "card";

  /** The keyboard works on the reader too; Enter on a button presses that button. */
  function typeOn(event, state, act) {
    if (!takesPin(state)) return;
    const sign = /^\d$/.test(event.key) ? event.key : { Backspace: "back", Enter: !event.target.closest("button") && "ok" }[event.key];
    if (!sign) return;
    event.preventDefault();
    act.change((s) => press(s, sign));
  }

  function phone(kind, act) {
    const give = (given) => act.change((s) => answer(s, kind, given));
    return html`<div class="key-phone" role="group" aria-label=${spoken("phone")} key=${kind}>
      <p class="key-app"><span aria-hidden="true"><${Icon} name="check" /></span><b>${t("app.name")}</b></p>
      <p class="key-asks"><${Word} k="app.asks" /></p>
      <p class="key-service"><b><${Word} k=${kind === "false" ? "shop" : "service"} /></b></p>
      ${number(NUMBERS[kind].phone)}
      <${Button} part="confirm" k="confirm" icon="check" kind="key-yes" onClick=${() => give("confirm")} />
      <${Button} part="refuse" k="refuse" icon="close" kind="key-no" onClick=${() => give("refuse")} />
    </div>`;
  }

  function call(act) {
    const say = (given) => act.change(() => ({ did: "answered-helper", answer: given }));
    return html`<div class="key-phone" role="group" aria-label=${spoken("phone")}>
      <p class="key-asks"><${Icon} name="call" /> <${Word} k="call.title" /></p>
      ${helper()}
      <p class="key-bubble"><${Word} k="call.asks" /></p>
      <${Button} part="say-tell" k="call.tell" onClick=${() => say("tell")} />
      <${Button} part="say-type" k="call.type" onClick=${() => say("type")} />
    </div>`;
  }

  // A beginning, and the way to each goal ────────────────────────────────────

  function start({ goals, met }) {
    const open = goals.filter((goal) => !met.includes(goal)).map((goal) => goal.goal);
    const [first] = open;
    const isIn = ["type-pin", "take-card-out"].includes(first) && !open.includes("card-in");
    const isSignedIn = first === "take-card-out" || first === "sign-out";
    return { page: isSignedIn ? "in" : isIn ? "card" : "home", isIn, isTurned: isIn, pin: "", isWrong: false, request: null, way: "" };
  }

  /** To the choice of ways, from any page. */
  function toWays(state, then) {
    if (state.page === "in") return "sign-out";
    if (state.page === "home") return "sign-in";
    return state.page === "ways" ? then : "ways";
  }

  function toCard(state) {
    if (state.page !== "card") return toWays(state, "way-card");
    return state.isTurned ? "card" : "turn-card";
  }

  function toPin(state) {
    if (!state.isIn) return toCard(state);
    if (state.page !== "card") return toWays(state, "way-card");
    if (!PIN.startsWith(state.pin)) return "pin-back";
    return state.pin === PIN ? "pin-ok" : `pin-${PIN[state.pin.length]}`;
  }

  function toRequest(state, kind, then) {
    if (state.request === kind) return then;
    return toWays(state, "way-app");
  }

  const ways = {
    "card-in": (state) => (state.isIn ? "card-out" : toCard(state)),
    "type-pin": toPin,
    "take-card-out": (state) => (state.isIn ? "card-out" : toCard(state)),
    "sign-out": (state) => (state.page === "in" ? "sign-out" : state.isIn ? toPin(state) : toRequest(state, "true", "confirm")),
    "confirm-true": (state) => toRequest(state, "true", "confirm"),
    "refuse-number": (state) => toRequest(state, "number", "refuse"),
    "refuse-false": () => "refuse",
    "never-tell-pin": () => "say-type",
    "choose-other-way": (state) => (state.page === "other" ? "go-counter" : toWays(state, "way-other")),
  };

  return { start, view, next: (state, goal) => ways[goal.goal](state, goal) };
}
