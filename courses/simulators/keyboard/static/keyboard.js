/** A card says what to type, on a sheet of paper; by the keys of the picture or by real ones. */
import { Icon, html } from "../kit.js";
import { KeySign, Tiles, isSpecial, makeBoard } from "./board.js";
import { LAYOUTS, MARKS, reach, signOf } from "./layouts.js";

const NARROW = "(max-width: 40rem)";
const KEYBOARDS = ["azerty", "qwerty", "phone", "own"];
const FLASH = 200; // milliseconds a key of the picture shows that its real sister was pressed
const REAL_NAMES = { Shift: "shift", CapsLock: "caps", AltGraph: "altgr", Tab: "tab", Enter: "enter", Backspace: "backspace", " ": "space" };
const UP = { shift: false, altgr: false, dead: null, more: null };

const folded = (text) => text.normalize().toLowerCase().replace(/\s+/g, " ").trimStart();
const bare = (text) => folded(text).normalize("NFD").replace(/\p{M}/gu, "");
const textOf = (goal) => (goal.data?.text || goal.value || "").normalize().trim().replace(/\s+/g, " ");

/** How a goal reads what was typed: capitals count for big letters alone. */
const readFor = (goal) => (goal.goal === "big-letter" ? (text) => text.normalize().trimStart() : folded);

export default function keyboard(kit) {
  const { t, Word, Field, Button, typedInto } = kit;
  const Board = makeBoard(kit);
  let isByHand = false;

  // What is typed ────────────────────────────────────────────────────────────

  const kinds = {
    "find-key": (goal, before, text) => {
      const sign = [...text].at(-1);
      const isNew = text.length > before.length;
      if (isNew && [folded(goal.value), goal.value].includes(sign === " " ? "space" : sign.toLowerCase())) return { did: goal.did, key: goal.value };
      return isNew && !isWaiting(goal.value, sign) && { mistake: "not-this-key" };
    },
    "new-line": (goal, before, text) => (text.includes("\n") ? { did: goal.did, line: 2 } : text.length > before.length && { mistake: "other-key" }),
    backspace: (goal, before, text) => (text === goal.data.text ? { did: goal.did, text } : text.length > before.length && !goal.data.text.startsWith(text) && { mistake: "other-key" }),
    "next-box": () => null,
  };

  function copyText(goal, before, text) {
    const read = readFor(goal);
    const target = textOf(goal);
    if (read(text).trimEnd() === read(target)) return { did: goal.did, text: goal.data?.text || goal.value, exact: true };
    const isWrongNow = !isOnTheWay(goal, text) && isOnTheWay(goal, before) && text.length > before.length;
    const place = folded(text).length - 1;
    if (!isWrongNow || isWaiting(target[place] || "", text.at(-1))) return null;
    if (folded(target).startsWith(folded(text))) return { mistake: "small-letter" };
    if (bare(target).startsWith(bare(text))) return { mistake: "no-accent" };
    return { mistake: target[place] === " " ? "no-space" : "other-key" };
  }

  const isOnTheWay = (goal, text) => readFor(goal)(textOf(goal)).startsWith(readFor(goal)(text));

  /** A real dead key may show its sign while it waits for the letter. */
  const isWaiting = (wanted, sign) => sign in MARKS && wanted.normalize("NFD").length > 1;

  function type(state, act, text) {
    const goal = act.current;
    if (!goal) return;
    const before = state.papers[goal.id].text;
    const said = (kinds[goal.goal] || copyText)(goal, before, text);
    // Typing on one paper is one step to undo; a mistake put right is a step of its own and takes its message away.
    const isPutRight = !kinds[goal.goal] && !isOnTheWay(goal, before) && isOnTheWay(goal, text);
    act.change((now) => {
      const paper = now.papers[goal.id];
      paper.text = text;
      paper.isDone ||= !!said?.did;
      return said;
    }, isPutRight ? {} : { typing: goal.id });
  }

  // Keys ─────────────────────────────────────────────────────────────────────

  function pressKey(state, act, key) {
    if (key.page) act.touch((now) => Object.assign(now, UP, { page: key.page }));
    else if (key.signs) pressSign(state, act, signOf(key, state));
    else pressSpecial(state, act, key.id.replace("-right", ""));
  }

  function pressSign(state, act, sign) {
    const { dead } = LAYOUTS[state.layout];
    act.touch((now) => {
      Object.assign(now, UP);
      if (!state.dead && sign && dead.includes(sign)) now.dead = sign;
    });
    if (!sign || (!state.dead && dead.includes(sign))) return;
    write(state, act, (text) => text + (state.dead ? joined(state.dead, sign) : sign));
  }

  function pressSpecial(state, act, name) {
    found(act, name);
    if (["shift", "caps", "altgr"].includes(name)) act.touch((now) => {
      now[name] = !now[name];
    });
    else if (state.dead || state.more) act.touch((now) => Object.assign(now, UP));
    else if (name === "backspace") write(state, act, (text) => [...text].slice(0, -1).join(""));
    else if (name === "enter" && act.current?.goal === "new-line") write(state, act, (text) => `${text}\n`);
    else if (name === "tab" && act.current?.goal === "next-box") moved(act);
  }

  /** What the keys of the picture write goes through the same guard as what is typed. */
  function write(state, act, then) {
    if (!act.current || act.current.goal === "next-box") return;
    const target = { value: then(state.papers[act.current.id].text) };
    typedInto({ target }, (text) => type(state, act, text));
  }

  /** A key without a sign was the one to find. */
  function found(act, name) {
    const goal = act.current;
    if (goal?.goal !== "find-key" || folded(goal.value) !== name) return;
    act.change((state) => {
      state.papers[goal.id].isDone = true;
      return { did: goal.did, key: goal.value };
    });
  }

  function moved(act) {
    const goal = act.current;
    if (goal?.goal !== "next-box") return;
    const by = isByHand ? "hand" : "tab";
    isByHand = false;
    act.change((state) => {
      Object.assign(state.papers[goal.id], { box: by === "tab" ? 2 : 1, isDone: by === "tab" });
      return { did: goal.did, by };
    });
  }

  /** A real key: its picture shows it, and it may be the one to find. */
  function realKey(event, state, act) {
    const name = REAL_NAMES[event.key];
    const spot = LAYOUTS[state.layout]?.spots.get(event.key)?.[0].id;
    const key = event.currentTarget.closest(".keyboard").querySelector(`[data-part="key-${name || spot}"]`);
    key?.setAttribute("data-down", "");
    setTimeout(() => key?.removeAttribute("data-down"), FLASH);
    if (name && name !== "space") found(act, name);
  }

  // Drawing ──────────────────────────────────────────────────────────────────

  const goalNow = (state, act) => act.current || state.goals.at(-1);
  const paperNow = (state, act) => state.papers[goalNow(state, act).id];

  function view(state, act) {
    const goal = goalNow(state, act);
    const enterIsTab = state.layout === "phone" && goal.goal === "next-box";
    const back = (then) => (...given) => {
      then(...given);
      returnToPaper();
    };
    return html`<div class="keyboard">
      <div class="keyboard-desk">
        <div class="keyboard-card"><${Word} k="card" />${card(goal, paperNow(state, act))}</div>
        <div class="keyboard-paper">${paper(goal, state, act)}</div>
        ${finished(state, goal)}
      </div>
      ${state.layout === "own" ? html`<p class="keyboard-own"><${Word} k="own_keyboard" /></p>` : html`<${Board} state=${state} enterIsTab=${enterIsTab} onKey=${back((key) => pressKey(state, act, key))} onSign=${back((sign) => pressSign(state, act, sign))} onHold=${(letter) => act.touch((now) => {
        now.more = letter;
      })} />`}
      <div class="keyboard-choice" role="group" aria-label=${kit.spoken("keyboard")}>${KEYBOARDS.map((name) => html`<${Button} part=${`layout-${name}`} k=${`layout_${name}`} aria-pressed=${String(state.layout === name)} onClick=${() => act.touch((now) => Object.assign(now, UP, { layout: name, page: "letters", caps: false }))} />`)}</div>
    </div>`;
  }

  function card(goal, { text }) {
    if (goal.goal === "next-box") return html`<span class="keyboard-tiles"><span class="tile tile--now tile--key"><${KeySign} name="tab" />Tab</span></span>`;
    if (goal.goal === "new-line") return html`<span class="keyboard-tiles"><span class="tile tile--now tile--key"><${KeySign} name="enter" />Enter</span></span>`;
    const name = folded(goal.value || "");
    if (goal.goal === "find-key" && isSpecial(name)) return html`<span class="keyboard-tiles"><span class="tile tile--now tile--key">${name !== "altgr" && html`<${KeySign} name=${name} />`}${t(`key_${name}`)}</span></span>`;
    const target = textOf(goal);
    const isMet = goal.goal === "find-key" && folded(text).endsWith(name);
    return html`<${Tiles} text=${target} right=${goal.goal === "find-key" ? (isMet ? 1 : 0) : rightSoFar(goal, text)} />`;
  }

  function rightSoFar(goal, text) {
    const read = readFor(goal);
    const [typed, wanted] = [[...read(text)], [...read(textOf(goal))]];
    const wrong = typed.findIndex((sign, at) => sign !== wanted[at]);
    return wrong < 0 ? typed.length : wrong;
  }

  function paper(goal, state, act) {
    const { text, box, first, last } = state.papers[goal.id];
    const common = { inputmode: state.layout === "own" ? "text" : "none", onKeyDown: (event) => realKey(event, state, act) };
    if (goal.goal !== "next-box") return html`<${Field} key="paper" part="paper" k="paper" value=${text} lines=${goal.goal === "new-line" ? 3 : undefined} data-focus onInput=${(value) => type(state, act, value)} ...${common} />`;
    const isOver = !act.current;
    const fill = (name) => (value) => act.change((now) => {
      now.papers[goal.id][name] = value;
    }, { typing: name });
    return html`<div class="keyboard-boxes" key="boxes">
      <${Field} part="box-1" k="box_first" value=${first} onInput=${fill("first")} data-focus=${isOver ? undefined : ""} ...${common} />
      <${Field} part="box-2" k="box_last" value=${last} onInput=${fill("last")} data-focus=${isOver ? "" : undefined} aria-current=${box === 2 ? "true" : undefined} onPointerDown=${() => {
        isByHand = true;
      }} onFocus=${() => moved(act)} ...${common} /></div>`;
  }

  const finished = (state, now) => {
    const done = state.goals.filter((goal) => state.papers[goal.id].isDone && goal.id !== now.id && textOf(goal));
    return done.length > 0 && html`<ul class="keyboard-finished" aria-label=${kit.spoken("finished")}>${done.map((goal) => html`<li key=${goal.id}><${Icon} name="check" />${textOf(goal)}</li>`)}</ul>`;
  };

  return {
    view,
    start({ goals, met }) {
      const paperOf = (goal) => ({ text: goal.data?.begin || "", box: 1, first: t("person.first"), last: "", isDone: met.includes(goal) });
      return {
        ...UP,
        caps: false,
        layout: matchMedia(NARROW).matches ? "phone" : "azerty",
        page: "letters",
        goals: goals.map(({ id, goal, value, data }) => ({ id, goal, value, data })),
        papers: Object.fromEntries(goals.map((goal) => [goal.id, paperOf(goal)])),
      };
    },

    next(state, goal) {
      if (state.layout === "own") return "layout-azerty";
      const { text } = state.papers[goal.id];
      if (goal.goal === "next-box") return "key-tab";
      if (goal.goal === "new-line") return "key-enter";
      const target = textOf(goal);
      const name = folded(target);
      if (goal.goal === "find-key") return isSpecial(name) ? toSpecial(state, name) : reach(state, target) || reach(state, name) || { part: "paper", text: target };
      if (!isOnTheWay(goal, text)) return "key-backspace";
      return reach(state, [...target][[...readFor(goal)(text)].length]) || { part: "paper", text: target };
    },
  };
}

function toSpecial(state, name) {
  const keys = LAYOUTS[state.layout].pages[state.page].flat();
  return keys.some((key) => key.id === name) ? `key-${name}` : "layout-azerty";
}

function joined(dead, sign) {
  if (sign === " ") return dead;
  const one = (sign + MARKS[dead]).normalize();
  return [...one].length === 1 ? one : dead + sign;
}

/** Who presses by hand sees the line blink on the paper; who goes by Tab stays on her key. */
function returnToPaper() {
  const isByKeyboard = document.activeElement?.matches(".keyboard-key:focus-visible");
  if (!isByKeyboard) document.querySelector(".keyboard-paper [data-focus]")?.focus({ preventScroll: true });
}
