/**
 * A browser: tabs, an address bar, favourites, downloads. What is on its pages stands in sites.js.
 *
 * A place is {site, page}; `search` carries the `words` typed, `lost` and `other` the `host`.
 */
import { Icon, html } from "../kit.js";
import { pagesOf } from "./sites.js";
import { hostOf, isAddress, isTown, understand } from "./typed.js";

const MOST_TABS = 4;
const MONEY_SITES = ["ad", "company"];
const SITES = ["alike", "ad", "company", "library", "search"];
const RIGHT_HOURS = "short";

const START = { site: "start" };
const TOWN = { site: "town", page: "home" };

export default function browser(kit) {
  const { t, spoken, Word, Button, typedInto } = kit;

  // Places ───────────────────────────────────────────────────────────────────

  const tabOf = (state) => state.tabs.find((tab) => tab.id === state.at);
  const placeOf = (state) => tabOf(state).here;
  const barText = (state) => state.bar ?? addressOf(placeOf(state));
  const isSame = (one, other) => addressOf(one) === addressOf(other);

  function addressOf({ site, page, host }) {
    if (site === "start") return "";
    if (host) return host;
    if (site === "file") return t("file.name");
    return page && page !== "home" ? `${t(`address.${site}`)}/${slug(t(`page.${page}`))}` : t(`address.${site}`);
  }

  function nameOf({ site, host }) {
    if (host) return host;
    return site === "town" || site === "alike" ? t("person.town") : t(`name.${site}`);
  }

  function placeAt(text, asked) {
    const host = hostOf(text);
    if (isTown(host)) return TOWN;
    const site = SITES.find((one) => hostOf(t(`address.${one}`)) === host);
    if (site === "search") return START;
    if (site) return { site, page: "home" };
    return { site: asked.some((one) => hostOf(one) === host) ? "other" : "lost", host: text.trim() };
  }

  const found = ({ words }) => {
    const { town, hours, cpas } = understand(words);
    if (!town && !hours && !cpas) return [];
    return cpas || !hours ? ["ad", "alike", "town", "company"] : ["ad", "library", "town", "alike"];
  };

  // Deeds: each writes into the state and tells what was done ────────────────

  function go(state, place) {
    const tab = tabOf(state);
    if (!isSame(tab.here, place) || place.words !== tab.here.words) {
      tab.past.push(tab.here);
      tab.ahead = [];
    }
    tab.here = place;
    settle(state);
    return place.site === "town" && { did: `opened-${place.page}` };
  }

  /** Another page is in view: nothing half typed stays. */
  function settle(state) {
    state.bar = null;
    state.box = "";
    state.isListOpen = false;
  }

  function goTyped(state, text) {
    if (!text.trim()) return null;
    if (!isAddress(text)) return search(state, text);
    const place = placeAt(text, state.asked);
    const asked = state.asked.find((one) => (one ? hostOf(one) === hostOf(text) : place.site === "town"));
    go(state, place);
    return { did: "typed-address", address: asked ?? hostOf(text) };
  }

  function search(state, words) {
    if (!words.trim()) return null;
    go(state, { site: "search", words });
    const { name, town, hours, cpas, count } = understand(words);
    if (!town && !hours && !cpas) return null; // the page itself says what to try
    return { did: "searched", enough: count > 2 || (town && (hours || cpas)), cpas, town: name };
  }

  /** The arrow pressed with nothing typed: the same page once more. */
  function again(state) {
    const { site, words } = placeOf(state);
    if (site === "search") return search(state, words);
    return site === "file" ? null : goTyped(state, barText(state));
  }

  function openResult(state, site, goal) {
    const { words } = placeOf(state);
    const { hours, cpas } = understand(words);
    go(state, site === "town" ? { site, page: hours && !cpas ? "hours" : "cpas" } : { site, page: "home" });
    const did = goal?.did === "chose-site" ? "chose-site" : "opened-result";
    return { did, ad: site === "ad", alike: site === "alike", company: site === "company", town: site === "town" };
  }

  function back(state) {
    const tab = tabOf(state);
    tab.ahead.push(tab.here);
    tab.here = tab.past.pop();
    settle(state);
    return { did: "went-back" };
  }

  function forward(state) {
    const tab = tabOf(state);
    tab.past.push(tab.here);
    tab.here = tab.ahead.pop();
    settle(state);
  }

  function newTab(state) {
    state.last += 1;
    state.tabs.push(tabAt(state.last, START));
    state.at = state.last;
    settle(state);
    return { did: "opened-tab" };
  }

  function closeTab(state, id) {
    const { here } = state.tabs.find((tab) => tab.id === id);
    const at = state.tabs.findIndex((tab) => tab.id === id);
    state.tabs = state.tabs.filter((tab) => tab.id !== id);
    if (!state.tabs.length) newTab(state);
    if (state.at === id) state.at = state.tabs[Math.max(0, Math.min(at, state.tabs.length - 1))].id;
    settle(state);
    return { did: "closed-tab", asksMoney: MONEY_SITES.includes(here.site) };
  }

  function star(state) {
    const here = placeOf(state);
    const had = state.favourites.length;
    state.favourites = state.favourites.filter((one) => !isSame(one, here));
    if (state.favourites.length < had) return null;
    state.favourites.push(here);
    return { did: "added-favourite", site: here.site };
  }

  function openFavourite(state, place) {
    go(state, place);
    return { did: "opened-favourite", site: place.site };
  }

  function download(state) {
    state.downloads += 1;
    state.isListOpen = true;
    return { did: "downloaded" };
  }

  function openFile(state) {
    go(state, { site: "file" });
    return { did: "opened-download" };
  }

  // The window ───────────────────────────────────────────────────────────────

  const pages = pagesOf(kit, { go, search, openResult, download, found, readOn });

  function view(state, act) {
    const goal = act.current;
    const isBroken = goal?.goal === "reload-page";
    return html`<div class="browser">
      ${note(state, act)}
      ${tabs(state, act)}
      <div class="browser-tools">
        <div class="browser-moves">
          <${Button} part="back" icon="back" label="back" kind="plain" disabled=${!tabOf(state).past.length} onClick=${() => act.change(back)} />
          <${Button} part="forward" icon="forward" label="forward" kind="plain" disabled=${!tabOf(state).ahead.length} onClick=${() => act.change(forward)} />
          <${Button} part="reload" icon="reload" label="reload" kind="plain" onClick=${() => act.change(() => ({ did: "reloaded" }))} />
        </div>
        ${bar(state, act)}
        <${Button} part="downloads" icon="download" label="downloads" kind="plain" aria-expanded=${state.isListOpen} onClick=${() => act.change((s) => { s.isListOpen = !s.isListOpen; })} />
      </div>
      ${favourites(state, act)}
      ${state.isListOpen && downloads(state, act)}
      <div class="browser-page" key=${`${state.at} ${addressOf(placeOf(state))} ${placeOf(state).words}`}>
        ${isBroken ? broken() : pages.page(placeOf(state), state, act)}
      </div>
    </div>`;
  }

  /** The paper beside the computer: what to type, or the question. */
  function note(state, act) {
    const { goal, value } = act.current || {};
    const place = placeOf(state);
    if (goal === "find-opening-hours") {
      const isThere = place.site === "town" && place.page === "hours";
      return html`<div class="browser-note"><b><${Word} k="note.question" /></b>
        ${isThere && html`<div class="browser-answers">${["day", "short", "closed"].map((hours) => html`<${Button} part=${`hours-${hours}`} k=${`time.${hours}`} onClick=${() => act.change(() => ({ did: "answered-hours", hours }))} />`)}</div>`}</div>`;
    }
    const text = { "open-address": value || t("address.town"), "search-words": t("three_words"), "search-cpas": t("cpas_words"), "open-result": t("person.town"), "choose-real-site": t("person.town") }[goal];
    return text && html`<div class="browser-note"><${Word} k=${goal.startsWith("open-address") || goal.startsWith("search") ? "note.type" : "note.town"} /><b class="browser-written" translate="no">${text}</b></div>`;
  }

  function tabs(state, act) {
    const isFull = state.tabs.length >= MOST_TABS;
    return html`<div class="browser-tabs" role="group" aria-label=${spoken("tabs")}>
      ${state.tabs.map((tab) => html`<span class=${tab.id === state.at ? "browser-tab browser-tab--here" : "browser-tab"} key=${tab.id}>
        <button type="button" data-part=${`tab-${tab.id}`} aria-current=${tab.id === state.at ? "true" : undefined} onClick=${() => act.change((s) => { s.at = tab.id; settle(s); })}>${nameOf(tab.here)}</button>
        <button type="button" data-part=${`close-tab-${tab.id}`} aria-label=${`${spoken("close_tab")} – ${nameOf(tab.here)}`} onClick=${() => act.change((s) => closeTab(s, tab.id))}><${Icon} name="close" /></button></span>`)}
      <${Button} part="new-tab" icon="plus" label="new_tab" kind="plain" disabled=${isFull} onClick=${() => act.change(newTab)} />
    </div>`;
  }

  function bar(state, act) {
    const place = placeOf(state);
    const isSaved = state.favourites.some((one) => isSame(one, place));
    const press = ({ target }) => {
      act.change((s) => (s.bar === null ? again(s) : goTyped(s, s.bar)));
      readOn(target.closest(".browser"));
    };
    return html`<div class="browser-bar">
      <${Icon} name=${place.site === "start" || place.site === "search" ? "search" : "lock"} />
      <input data-part="bar" type="text" dir="auto" value=${barText(state)} aria-label=${spoken("address_bar")} placeholder=${t("address_bar")} inputmode="url" enterkeyhint="go" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck=${false}
        onFocus=${(event) => event.target.select()} onInput=${(event) => typedInto(event, (value) => act.change((s) => { s.bar = value; }, { typing: "bar" }))} onKeyDown=${(event) => event.key === "Enter" && press(event)} />
      ${state.bar === null ? html`<${Button} key="star" part="star" icon="star" label=${isSaved ? "unstar" : "star"} kind=${isSaved ? "plain browser-starred" : "plain"} aria-pressed=${isSaved} disabled=${place.site === "start"} onClick=${() => act.change(star)} />` : html`<${Button} key="go" part="go" icon="forward" label="go" kind="main" onClick=${press} />`}
    </div>`;
  }

  function favourites(state, act) {
    return state.favourites.length > 0 && html`<div class="browser-favourites" role="group" aria-label=${spoken("favourites")}>
      <${Word} k="favourites" />${state.favourites.map((place, n) => html`<button type="button" class="sim-button plain browser-favourite" data-part=${`favourite-${n}`} onClick=${() => act.change((s) => openFavourite(s, place))}><${Icon} name="star" /><span>${nameOf(place)}</span></button>`)}
    </div>`;
  }

  function downloads(state, act) {
    return html`<section class="browser-downloads" aria-label=${spoken("downloads")}>
      <p class="browser-small-title"><${Word} k="downloads" /></p>
      ${state.downloads === 0 && html`<p><${Word} k="downloads.none" /></p>`}
      ${Array.from({ length: state.downloads }, (_, n) => html`<button type="button" class="sim-button" data-part=${`file-${n}`} onClick=${() => act.change(openFile)}><${Icon} name="file" /><span>${numbered(t("file.name"), n)}</span><${Icon} name="check" /></button>`)}
    </section>`;
  }

  function broken() {
    return html`<div class="browser-empty"><${Icon} name="reload" /><h3 class="sim-heading" data-focus tabindex="-1"><${Word} k="broken" /></h3></div>`;
  }

  // A beginning, and the way to each goal ────────────────────────────────────

  function start({ goals, met }) {
    const open = goals.filter((goal) => !met.includes(goal)).map((goal) => goal.goal);
    const isOpen = (goal) => open.includes(goal);
    const tabs = [tabAt(1, beginning(open[0]))];
    if (isOpen("close-money-page")) tabs.push(tabAt(2, { site: "ad", page: "home" }));
    else if (isOpen("close-tab") && !isOpen("new-tab")) tabs.push(tabAt(2, { site: "library", page: "home" }));
    return {
      tabs,
      at: 1,
      last: tabs.length,
      bar: null,
      box: "",
      asked: goals.filter((goal) => goal.did === "typed-address").map((goal) => goal.value || ""),
      favourites: isOpen("open-favourite") && !isOpen("add-favourite") ? [TOWN] : [],
      downloads: isOpen("open-download") && !isOpen("download-form") ? 1 : 0,
      isListOpen: false,
      cookies: isOpen("refuse-cookies") || !met.length ? "" : "only",
    };
  }

  function beginning(goal) {
    if (["open-address", "search-words", "search-cpas", "new-tab", "open-favourite"].includes(goal)) return START;
    if (goal === "open-result") return { site: "search", words: t("three_words") };
    if (goal === "choose-real-site") return { site: "search", words: t("cpas_words") };
    return TOWN;
  }

  const typed = (state, text) => (state.bar === text ? "go" : { part: "bar", text });
  const inTown = (state, part) => (placeOf(state).site === "town" ? part : typed(state, t("address.town")));

  function toResult(state, words) {
    const { here, past } = tabOf(state);
    if (here.site === "search" && found(here).length) return "result-town";
    return past.at(-1)?.site === "search" && found(past.at(-1)).length ? "back" : typed(state, words);
  }

  function toDownload(state) {
    const { page } = placeOf(state);
    return inTown(state, page === "form" ? "download" : page === "request" ? "to-form" : "menu-request");
  }

  function toMoneyPage(state) {
    const tab = [tabOf(state), ...state.tabs].find((one) => MONEY_SITES.includes(one.here.site));
    if (tab) return tab.id === state.at ? `close-tab-${tab.id}` : `tab-${tab.id}`;
    return placeOf(state).site === "search" && found(placeOf(state)).length ? "result-ad" : typed(state, t("cpas_words"));
  }

  const ways = {
    "open-address": (state, { value }) => typed(state, value || t("address.town")),
    "search-words": (state) => typed(state, t("three_words")),
    "search-cpas": (state) => typed(state, t("cpas_words")),
    "open-result": (state) => toResult(state, t("three_words")),
    "choose-real-site": (state) => toResult(state, t("cpas_words")),
    "refuse-cookies": (state) => inTown(state, state.cookies ? "cookies-again" : "cookies-only"),
    "find-opening-hours": (state) => inTown(state, placeOf(state).page === "hours" ? `hours-${RIGHT_HOURS}` : "menu-hours"),
    "go-back": (state) => (tabOf(state).past.length ? "back" : inTown(state, "menu-news")),
    "find-contact": (state) => inTown(state, "menu-contact"),
    "find-request-page": (state) => inTown(state, "menu-request"),
    "download-form": toDownload,
    "open-download": (state) => (!state.downloads ? toDownload(state) : state.isListOpen ? "file-0" : "downloads"),
    "add-favourite": (state) => inTown(state, "star"),
    "new-tab": (state) => (state.tabs.length < MOST_TABS ? "new-tab" : `close-tab-${state.at}`),
    "open-favourite": (state) => {
      const at = state.favourites.findIndex((place) => place.site === "town");
      return at < 0 ? inTown(state, "star") : `favourite-${at}`;
    },
    "close-tab": (state) => `close-tab-${state.at}`,
    "close-money-page": toMoneyPage,
    "reload-page": () => "reload",
  };

  return { start, view, next: (state, goal) => ways[goal.goal](state, goal) };
}

/** The new page is what to read now; on a phone this also puts the keys away. */
function readOn(window) {
  setTimeout(() => window.querySelector("[data-focus]")?.focus({ preventScroll: true }));
}

const tabAt = (id, here) => ({ id, here, past: [], ahead: [] });

const slug = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-");

/** A second download of one file has a number, as on a real computer. */
const numbered = (name, n) => (n ? name.replace(/(\.\w+)$/, ` (${n})$1`) : name);
