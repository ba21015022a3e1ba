/** Movements of a hand, more forgiving than those of a real machine. What they return is spread into an element. */

const SLOW_DOUBLE = 900; // milliseconds between two presses of a mouse or finger
const SLOW_DOUBLE_BY_KEY = 1200;
const LONG_PRESS = 500;
const STILL = 12; // pixels a finger may tremble
const SWIPED = 40;
const PINCHED = 1.2; // how much farther apart two fingers are for one step
const WHEEL_STEP = 40;

/** Tells a double press from a single one, which is known only when no second one has come. */
export function doublePress() {
  let waiting = 0;
  return {
    press(event, { onTwice, onOnce }) {
      if (waiting) {
        clearTimeout(waiting);
        waiting = 0;
        onTwice();
        return;
      }
      const isByKey = event.detail === 0;
      waiting = setTimeout(
        () => {
          waiting = 0;
          onOnce();
        },
        isByKey ? SLOW_DOUBLE_BY_KEY : SLOW_DOUBLE,
      );
    },
    forget() {
      clearTimeout(waiting);
      waiting = 0;
    },
  };
}

/** Held long: with a finger, with the long key, and with the left button unless only fingers count. */
export function holds(onHold, { onlyFinger = false } = {}) {
  return {
    onPointerDown(event) {
      if (event.button !== 0 || (onlyFinger && event.pointerType === "mouse")) return;
      const { currentTarget: thing, clientX, clientY } = event;
      let isLong = false;
      const timer = setTimeout(() => {
        isLong = true;
        onHold();
      }, LONG_PRESS);
      const move = (at) => Math.hypot(at.clientX - clientX, at.clientY - clientY) > STILL && end();
      const end = () => {
        clearTimeout(timer);
        for (const name of ["pointerup", "pointercancel", "pointerleave"]) thing.removeEventListener(name, end);
        thing.removeEventListener("pointermove", move);
        thing.removeAttribute("data-holding");
        if (isLong) swallowClick(thing);
      };
      for (const name of ["pointerup", "pointercancel", "pointerleave"]) thing.addEventListener(name, end);
      thing.addEventListener("pointermove", move);
      thing.setAttribute("data-holding", "");
    },
    onKeyDown(event) {
      if (event.key === " " && event.repeat && !onlyFinger) onHold();
    },
  };
}

/** The click that follows a long press is no click. */
function swallowClick(thing) {
  const swallow = (event) => event.stopPropagation();
  thing.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => thing.removeEventListener("click", swallow, { capture: true }));
}

/** What opens a menu: the right button, the menu key, Shift and F10, or a finger that stays. */
export function asksForMenu(onAsk, options) {
  const held = holds(onAsk, options);
  return {
    onPointerDown: held.onPointerDown,
    onContextMenu(event) {
      event.preventDefault();
      onAsk();
    },
    onKeyDown(event) {
      const isMenuKey = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
      if (isMenuKey) {
        event.preventDefault();
        onAsk();
      } else {
        held.onKeyDown(event);
      }
    },
  };
}

/** A card pushed aside: `onSwipe(1)` to the left, for the next one, `onSwipe(-1)` to the right. */
export function swipes(onSwipe) {
  return {
    onPointerDown(event) {
      if (event.button !== 0 || !event.isPrimary) return;
      const { currentTarget: card, pointerId, clientX, clientY } = event;
      card.setPointerCapture(pointerId);
      const move = (at) => {
        card.style.translate = `${at.clientX - clientX}px`;
      };
      const end = (at) => {
        card.removeEventListener("pointermove", move);
        for (const name of ["pointerup", "pointercancel"]) card.removeEventListener(name, end);
        card.style.translate = "";
        const [x, y] = [at.clientX - clientX, at.clientY - clientY];
        const isAcross = Math.abs(x) > SWIPED && Math.abs(x) > Math.abs(y);
        if (at.type === "pointerup" && isAcross) onSwipe(x < 0 ? 1 : -1);
      };
      card.addEventListener("pointermove", move);
      for (const name of ["pointerup", "pointercancel"]) card.addEventListener(name, end);
    },
  };
}

/** Two fingers apart or together, or Ctrl with the wheel (a touchpad says so of two fingers). One for a whole visit. */
export function pinch() {
  const fingers = new Map();
  let apart = 0;
  let turned = 0;

  function lift(event) {
    fingers.delete(event.pointerId);
    apart = 0;
  }

  return (onStep) => ({
    onPointerDown(event) {
      if (event.pointerType === "touch") fingers.set(event.pointerId, [event.clientX, event.clientY]);
      if (fingers.size === 2) apart = distance(fingers);
    },
    onPointerMove(event) {
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, [event.clientX, event.clientY]);
      if (!apart) return;
      const now = distance(fingers);
      if (now < apart * PINCHED && now > apart / PINCHED) return;
      onStep(now > apart ? 1 : -1);
      apart = now;
    },
    onPointerUp: lift,
    onPointerCancel: lift,
    onPointerLeave: lift,
    onWheel(event) {
      if (!event.ctrlKey) return;
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < WHEEL_STEP) return;
      onStep(turned < 0 ? 1 : -1);
      turned = 0;
    },
  });
}

function distance(fingers) {
  const [[x, y], [otherX, otherY]] = fingers.values();
  return Math.hypot(x - otherX, y - otherY);
}
