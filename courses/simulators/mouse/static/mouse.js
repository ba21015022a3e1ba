/** A playing field for the hand: click, double click, right click, scroll, drag; tap, hold, swipe, make larger. */
import { Icon, html } from "../kit.js";
import { FingerSign, MouseSign } from "./drawings.js";
import { makeScenes } from "./scenes.js";

export default function mouse(kit) {
  const { Word, Button } = kit;
  const scenes = makeScenes(kit);

  /** The field of this goal, untouched. `ring` is where she pressed beside. */
  const begin = (goal) => ({ at: goal.id, scene: goal.goal, field: scenes[goal.goal].fresh(), ring: null });
  const isOver = (state, act) => act.current?.id !== state.at;

  function view(state, act) {
    const scene = scenes[state.scene];
    const deed = (then, options) => {
      if (isOver(state, act)) return;
      act.change((now) => {
        now.ring = null;
        return then(now.field);
      }, options);
    };
    const touch = (then) => isOver(state, act) || act.touch((now) => {
      then(now.field);
    });
    return html`<div class="mouse">
      <div class="mouse-top">${isOver(state, act) ? over(act) : sign(scene.sign)}</div>
      <div class=${`mouse-field mouse-field--${scene.look || "meadow"}`} data-drop=${scene.isPlace ? "field" : undefined} onContextMenu=${(event) => event.preventDefault()} onClick=${(event) => scene.countsBeside && pressBeside(event, state, act)}>
        <div class="mouse-inner" key=${state.at}>${scene.view(state.field, { deed, touch })}</div>
        ${state.ring && html`<span class="mouse-beside" style=${{ left: `${state.ring.x}%`, top: `${state.ring.y}%` }} />`}
      </div>
    </div>`;
  }

  const sign = (what) => html`
    <div class="mouse-do mouse-do--mouse"><${MouseSign} what=${what} /><${Word} k=${`mouse_${what}`} /></div>
    <div class="mouse-do mouse-do--finger"><${FingerSign} what=${what} /><${Word} k=${`finger_${what}`} /></div>`;

  /** She sees what she has done, and goes on when she likes. */
  const over = (act) => html`
    <p class="mouse-ready" tabindex="-1" ref=${focusIt}><${Icon} name="check" /><${Word} k="ready" /></p>
    ${act.current && html`<${Button} part="go-on" k="next" kind="main" onClick=${() => goOn(act)}><${Icon} name="forward" /></${Button}>`}`;

  const goOn = (act) => act.change((state) => {
    Object.assign(state, begin(act.current));
  });

  function pressBeside(event, state, act) {
    const { target, currentTarget, clientX, clientY } = event;
    if (isOver(state, act) || target.closest("button, .mouse-window, .mouse-menu")) return;
    const field = currentTarget.getBoundingClientRect();
    act.change((now) => {
      if (now.field.isMenu) {
        now.field.isMenu = false;
        return null;
      }
      now.ring = { x: percent(clientX - field.left, field.width), y: percent(clientY - field.top, field.height) };
      return { mistake: "beside" };
    });
  }

  return {
    view,
    start: ({ goals, met }) => begin(goals.find((goal) => !met.includes(goal)) || goals.at(-1)),
    next: (state, goal) => (state.at === goal.id ? scenes[state.scene].next(state.field) : "go-on"),
  };
}

/** Not the button: who still holds a key down would press it. */
const focusIt = (node) => node?.focus({ preventScroll: true });

const percent = (part, whole) => Math.round((1000 * part) / whole) / 10;
