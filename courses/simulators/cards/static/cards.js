/** Picture cards: press (or drag) the one that comes next, or give each card the place it belongs to. */
import { drags, html } from "../kit.js";

export default function cards({ t, Word, Button, Picture }) {
  const sets = (goals) => goals.map((goal) => ({ goal, ...goal.data }));

  function view(state, act) {
    const set = state.sets.find((one) => one.placed.length < one.cards.length) || state.sets.at(-1);
    return set.mode === "order" ? order(set, act) : match(set, act);
  }

  function order(set, act) {
    const next = set.placed.length;
    return html`<div class="cards-table">
      <ol class="cards-row" data-drop="row">${set.cards.map((_, at) => html`<li class=${at === next ? "slot slot--now" : "slot"}>
        ${at < next ? html`<${Picture} name=${set.cards[at].picture} k=${`card.${set.cards[at].card}`} />` : html`<span aria-label=${t("order.slot", { n: at + 1 })}>${at + 1}</span>`}</li>`)}</ol>
      ${next < set.cards.length && html`<p class="sim-heading"><${Word} k="order.next" /></p>`}
      <div class="cards-heap">${set.heap.filter((at) => at >= next).map((at) => card(set.cards[at], () => put(set, at, act), { place: "row" }))}</div>
    </div>`;
  }

  function put(set, at, act) {
    act.change((state) => {
      const mine = state.sets.find((one) => one.name === set.name);
      if (at !== mine.placed.length) return { mistake: "not-this-card" };
      mine.placed.push(at);
      return mine.placed.length === mine.cards.length && { did: "ordered", set: mine.name };
    });
  }

  function match(set, act) {
    const at = set.placed.length;
    const now = set.cards[at];
    return html`<div class="cards-table">
      ${now ? html`<div class="cards-one" data-focus tabindex="-1">${card(now, null, { onDrop: (part) => give(set, part, act) })}<p class="cards-left">${t("left", { n: set.cards.length - at })}</p></div>` : html`<div class="cards-heap">${set.cards.map((one) => card(one))}</div>`}
      <div class="cards-places">${set.places.map((place) => html`<div data-drop=${place} class="cards-place"><${Button} part=${place} k=${`place.${place}`} disabled=${!now} onClick=${() => give(set, place, act)} />
        <span class="cards-given">${set.cards.slice(0, at).filter((one) => one.place === place).map((one) => html`<${Picture} name=${one.picture} />`)}</span></div>`)}</div>
    </div>`;
  }

  function give(set, place, act) {
    act.change((state) => {
      const mine = state.sets.find((one) => one.name === set.name);
      const now = mine.cards[mine.placed.length];
      if (!now || now.place !== place) return { mistake: "not-this-place" };
      mine.placed.push(mine.placed.length);
      return mine.placed.length === mine.cards.length && { did: "matched", set: mine.name };
    });
  }

  /** A card; pressed when it can be chosen, dragged either way. */
  function card(one, press, { place, onDrop } = {}) {
    const inside = html`<${Picture} name=${one.picture} /><${Word} k=${`card.${one.card}`} />`;
    if (!press) return html`<div class="card-picture" key=${one.card} ...${onDrop ? drags(onDrop) : {}}>${inside}</div>`;
    return html`<button type="button" class="card-picture" key=${one.card} data-part=${one.card} onClick=${press} ...${drags((part) => part === place && press())}>${inside}</button>`;
  }

  return {
    view,
    start({ goals, met }) {
      const done = met.map((goal) => goal.goal);
      return {
        sets: sets(goals).map(({ goal, mode, cards: all, places }) => {
          const cards = mode === "match" ? shuffled(all) : all;
          const whole = all.map((_, at) => at);
          return { name: goal.goal, mode, places, cards, heap: shuffled(whole), placed: done.includes(goal.goal) ? whole : [] };
        }),
      };
    },
    next(state, goal) {
      const set = state.sets.find((one) => one.name === goal.goal);
      const now = set.cards[set.placed.length];
      return now && (set.mode === "order" ? now.card : now.place);
    },
  };
}

function shuffled(list) {
  const rest = [...list];
  const out = [];
  while (rest.length) out.push(...rest.splice(Math.floor(Math.random() * rest.length), 1));
  return out;
}
