/**
 * One playing field a goal: how it begins, what is on it, what to press next.
 *
 * `deed(then)` changes the field, and does nothing any more once its goal is met.
 */
import { Icon, drags, html } from "../kit.js";
import { Box, Folder, House, Landscape, Paper, Photo, Star, Sun } from "./drawings.js";
import { asksForMenu, doublePress, holds, pinch, swipes } from "./gestures.js";

const BALLS = [1, 2, 3];
const MENU = ["open", "copy", "rename", "delete"];
const APPS = { phone: "phone", mail: "mail", photos: "picture", calendar: "calendar" };
const CARDS = { sun: Sun, house: House, star: Star };
const SIZES = 4;
const LARGE = 3;
const STAR_IS_NEAR = 140; // pixels from the end of the landscape

export function makeScenes({ t, spoken, Word, Button }) {
  const folderPress = doublePress();
  const pinched = pinch();
  let landscapes = 0;

  const balls = (size) => ({
    sign: "click",
    countsBeside: true,
    fresh: () => ({ hit: [] }),
    next: ({ hit }) => `ball-${BALLS.find((n) => !hit.includes(n))}`,
    view: ({ hit }, { deed }) => html`<div class=${`mouse-balls mouse-balls--${size}`}>${BALLS.map((n) => {
      const isHit = hit.includes(n);
      const press = () => isHit || deed((field) => {
        field.hit.push(n);
        return field.hit.length === BALLS.length && { did: "clicked", balls: size };
      });
      return html`<button type="button" class="mouse-ball" data-part=${`ball-${n}`} aria-pressed=${String(isHit)} aria-label=${spoken("ball", { n })} onClick=${press}>${isHit && html`<${Icon} name="check" />`}</button>`;
    })}</div>`,
  });

  const folder = {
    sign: "double",
    look: "desk",
    countsBeside: true,
    fresh() {
      folderPress.forget();
      return { isChosen: false, isOpen: false };
    },
    next: () => ({ part: "folder", how: "double" }),
    view({ isChosen, isOpen }, { deed }) {
      // All presses on the folder are one step to undo.
      const step = { typing: "folder" };
      const onTwice = () => deed((field) => {
        field.isOpen = true;
        return { did: "opened", thing: "folder" };
      }, step);
      const onOnce = () => deed((field) => field.isChosen && { mistake: "one-click" }, step);
      const press = (event) => {
        if (!isOpen) {
          deed((field) => {
            field.isChosen = true;
          }, step);
          folderPress.press(event, { onTwice, onOnce });
        }
      };
      return html`
        <button type="button" class="mouse-icon" data-part="folder" aria-pressed=${String(isChosen)} onClick=${press}><${Folder} /><${Word} k="documents" /></button>
        ${isOpen && html`<div class="mouse-window"><p><${Icon} name="folder" /><${Word} k="documents" /></p><div><${Paper} /><${Paper} /><${Paper} /></div></div>`}`;
    },
  };

  const photo = {
    sign: "right",
    look: "desk",
    countsBeside: true,
    fresh: () => ({ isMenu: false, isCopied: false }),
    next: ({ isMenu }) => (isMenu ? "copy" : { part: "photo", how: "right" }),
    view({ isMenu, isCopied }, { deed, touch }) {
      const open = () => touch((field) => {
        field.isMenu = !field.isCopied;
      });
      const close = () => touch((field) => {
        field.isMenu = false;
      });
      const choose = (item) => deed((field) => {
        field.isMenu = item !== "copy";
        field.isCopied = item === "copy";
        return { did: "chosen", item };
      });
      const press = () => (isMenu ? close() : isCopied || deed(() => ({ mistake: "left-button" })));
      return html`
        <button type="button" class="mouse-icon" data-part="photo" data-focus onClick=${press} ...${asksForMenu(open, { onlyFinger: true })}><${Photo} /><${Word} k="photo" /></button>
        ${isMenu && html`<div class="mouse-menu" role="menu" aria-label=${spoken("photo")} ref=${focusInside} onKeyDown=${(event) => inMenu(event, close)}>
          ${MENU.map((item) => html`<button type="button" role="menuitem" data-part=${item} onClick=${() => choose(item)}><${Word} k=${item} /></button>`)}</div>`}
        ${isCopied && html`<span class="mouse-icon"><${Photo} /><${Word} k="photo_copy" /></span>`}`;
    },
  };

  const landscape = {
    sign: "scroll",
    look: "open",
    // The number makes the drawing a new one, so that it begins at its top again.
    fresh: () => ({ number: (landscapes += 1), isSeen: false, isReached: false }),
    next: ({ isSeen }) => (isSeen ? "star" : { part: "star", how: "scroll" }),
    view({ number, isSeen, isReached }, { deed, touch }) {
      const look = ({ currentTarget: frame }) => {
        const isNear = frame.scrollTop + frame.clientHeight > frame.scrollHeight - STAR_IS_NEAR;
        if (isNear !== isSeen) touch((field) => {
          field.isSeen = isNear;
        });
      };
      const press = () => isReached || deed((field) => {
        field.isReached = true;
        return { did: "reached", thing: "star" };
      });
      return html`<div class="mouse-far" key=${number} tabindex="0" role="region" aria-label=${spoken("landscape")} onScroll=${look}><div class="mouse-way"><${Landscape} />
        <button type="button" class="mouse-star" data-part="star" aria-pressed=${String(isReached)} aria-label=${spoken("star")} onClick=${press}><${Star} /></button></div></div>`;
    },
  };

  const box = {
    sign: "drag",
    isPlace: true,
    fresh: () => ({ isHeld: false, isIn: false }),
    next: ({ isHeld }) => (isHeld ? "box" : { part: "ball", how: "drag", to: "box" }),
    view({ isHeld, isIn }, { deed }) {
      const drop = (to) => deed((field) => {
        field.isHeld = false;
        field.isIn = to === "box";
        return { did: "dropped", to };
      });
      const take = () => deed((field) => {
        field.isHeld = !field.isHeld;
      });
      const press = () => (isHeld ? drop("box") : isIn || deed(() => ({ mistake: "box-first" })));
      return html`<div class="mouse-pair">
        ${isIn ? html`<span class="mouse-gone" />` : html`<button type="button" class="mouse-ball" data-part="ball" aria-pressed=${String(isHeld)} aria-label=${spoken("one_ball")} onClick=${take} ...${drags(drop)}></button>`}
        <button type="button" class=${isHeld ? "mouse-box mouse-box--ready" : "mouse-box"} data-part="box" data-drop="box" data-focus aria-label=${spoken("box")} onClick=${press}><${Box} isFull=${isIn} /></button></div>`;
    },
  };

  const phone = {
    sign: "click",
    look: "phone",
    countsBeside: true,
    fresh: () => ({ isOpen: false }),
    next: () => "mail",
    view({ isOpen }, { deed }) {
      const press = (app) => deed((field) => {
        field.isOpen = app === "mail";
        return { did: "tapped", app };
      });
      if (isOpen) return html`<div class="mouse-app"><${Icon} name="mail" /><${Word} k="inbox" /></div>`;
      return html`<div class="mouse-apps">${Object.entries(APPS).map(([app, icon]) => html`<button type="button" class="mouse-app-button" data-part=${app} onClick=${() => press(app)}><span><${Icon} name=${icon} /></span><${Word} k=${`app_${app}`} /></button>`)}</div>`;
    },
  };

  const hold = {
    sign: "hold",
    look: "phone",
    countsBeside: true,
    fresh: () => ({ isOpen: false }),
    next: () => ({ part: "photo", how: "right" }),
    view({ isOpen }, { deed }) {
      const open = () => isOpen || deed((field) => {
        field.isOpen = true;
        return { did: "held", thing: "photo" };
      });
      const press = () => isOpen || deed(() => ({ mistake: "too-short" }));
      return html`<button type="button" class="mouse-photo" data-part="photo" aria-label=${spoken("photo")} onClick=${press} ...${asksForMenu(open)}><${Photo} /></button>
        ${isOpen && html`<ul class="mouse-menu">${["copy", "delete"].map((item) => html`<li><${Word} k=${item} /></li>`)}</ul>`}`;
    },
  };

  const cards = {
    sign: "swipe",
    look: "phone",
    fresh: () => ({ card: 0 }),
    next: () => "page-next",
    view({ card }, { deed }) {
      const last = Object.keys(CARDS).length - 1;
      const go = (step) => deed((field) => {
        const to = field.card + step;
        if (to < 0) return { mistake: "other-way" };
        field.card = Math.min(to, last);
        return field.card === last && { did: "swiped", card: "star" };
      });
      const [name, Drawing] = Object.entries(CARDS)[card];
      return html`
        <div class="mouse-stack"><div class="mouse-card" key=${card} role="img" aria-label=${spoken(name)} ...${swipes(go)}><${Drawing} /></div></div>
        <div class="mouse-pages"><${Button} part="page-back" icon="back" label="back" disabled=${card === 0} onClick=${() => go(-1)} />
          <span aria-live="polite">${t("page", { n: card + 1, all: last + 1 })}</span>
          <${Button} part="page-next" icon="forward" label="next" disabled=${card === last} onClick=${() => go(1)} /></div>`;
    },
  };

  const letter = {
    sign: "larger",
    look: "phone",
    fresh: () => ({ size: 1 }),
    next: () => "plus",
    view({ size }, { deed }) {
      const step = (by) => deed((field) => {
        if (field.size + by < 1) return { mistake: "together" };
        field.size = Math.min(field.size + by, SIZES);
        return field.size >= LARGE && { did: "zoomed", size: "large" };
      });
      return html`
        <div class="mouse-letter" data-size=${size} ...${pinched(step)}><${House} /><p><${Word} k="letter_line" /></p></div>
        <div class="mouse-pages"><button type="button" class="sim-button" data-part="minus" aria-label=${spoken("smaller")} disabled=${size === 1} onClick=${() => step(-1)}>−</button>
          <button type="button" class="sim-button" data-part="plus" aria-label=${spoken("larger")} onClick=${() => step(1)}>+</button></div>`;
    },
  };

  return {
    "click-large": balls("large"),
    "click-small": balls("small"),
    "double-click": folder,
    "right-click": photo,
    "scroll-to-star": landscape,
    "drag-to-box": box,
    tap: phone,
    "long-press": hold,
    swipe: cards,
    "make-larger": letter,
  };
}

/** For `ref`: who opened it by a key goes on inside it. */
const focusInside = (node) => node?.querySelector("button").focus({ preventScroll: true });

function inMenu(event, close) {
  if (event.key === "Escape") close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("button")];
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
}
