/** The pages of the practice browser: a search engine, a town, and three sites that want money or trust. */
import { Icon, html } from "../kit.js";

const MENU = ["news", "hours", "cpas", "contact", "request"];
const DAYS = ["1", "2", "3", "4", "5", "6", "7"];
const hoursOf = (day) => (day === "6" ? "short" : day === "7" ? "closed" : "day");

export function pagesOf({ t, spoken, Word, Text, Button, Field, typedInto }, { go, search, openResult, download, found, readOn }) {
  const here = { town: t("person.town") };
  const title = (k) => html`<h3 class="browser-title" data-focus tabindex="-1"><${Word} k=${k} values=${here} /></h3>`;
  const link = (part, k, onClick) => html`<button type="button" class="browser-link" data-part=${part} onClick=${onClick}><${Word} k=${k} /></button>`;

  function page(place, state, act) {
    return (sites[place.site] || sites.lost)(place, state, act);
  }

  // Search ───────────────────────────────────────────────────────────────────

  function start(_place, state, act) {
    return html`<div class="browser-start">
      <span class="browser-glass" aria-hidden="true"><${Icon} name="search" /></span>
      ${title("start.title")}
      ${box(state, act)}
    </div>`;
  }

  function results(place, state, act) {
    const sitesFound = found(place);
    return html`<div class="browser-results">
      ${box(state, act)}
      <p class="browser-words" data-focus tabindex="-1">${t("search.for")} <b dir="auto">${place.words}</b></p>
      ${sitesFound.length ? html`<ul>${sitesFound.map((site) => html`<li key=${site}>${result(site, act)}</li>`)}</ul>` : nothing(act)}
    </div>`;
  }

  function box(state, act) {
    const press = ({ target }) => {
      const window = target.closest(".browser");
      act.change((s) => search(s, s.box));
      readOn(window);
    };
    return html`<div class="browser-box"><input data-part="box" type="text" dir="auto" value=${state.box} aria-label=${spoken("search.box")} placeholder=${t("search.box")} enterkeyhint="search" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck=${false}
        onInput=${(event) => typedInto(event, (value) => act.change((s) => { s.box = value; }, { typing: "box" }))} onKeyDown=${(event) => event.key === "Enter" && press(event)} />
      <${Button} part="search" icon="search" label="search" onClick=${press} /></div>`;
  }

  function result(site, act) {
    return html`<button type="button" class="browser-result" data-part=${`result-${site}`} onClick=${() => act.change((s) => openResult(s, site, act.current))}>
      ${site === "ad" && html`<span class="browser-ad"><${Word} k="ad" /></span>`}
      <span class="browser-result-address" translate="no">${t(`address.${site}`)}</span>
      <span class="browser-result-title"><${Word} k=${`result.${site}`} values=${here} /></span>
      <span class="browser-result-text"><${Word} k=${`result.${site}.text`} /></span>
    </button>`;
  }

  function nothing(act) {
    return html`<div class="browser-empty">${title("search.none")}<p><${Word} k="search.try" /></p>
      <button type="button" class="sim-button" data-part="try" onClick=${() => act.change((s) => search(s, t("three_words")))}><${Icon} name="search" />${t("three_words")}</button></div>`;
  }

  // The town ─────────────────────────────────────────────────────────────────

  function town(place, state, act) {
    const open = (name) => act.change((s) => go(s, { site: "town", page: name }));
    return html`<div class="browser-town">
      ${!state.cookies && cookies(act)}
      ${townHead(MENU.map((name) => html`<button type="button" data-part=${`menu-${name}`} aria-current=${place.page === name ? "page" : undefined} onClick=${() => open(name)}><${Word} k=${`page.${name}`} /></button>`))}
      <div class="browser-text">${townPages[place.page](open, act)}</div>
      <div class="browser-foot"><span translate="no">9999 ${here.town}</span>${state.cookies && link("cookies-again", "cookies.again", () => act.change((s) => { s.cookies = ""; }))}</div>
    </div>`;
  }

  function townHead(menu) {
    return html`<div class="browser-head"><p class="browser-name" translate="no">${crest()}<b>${here.town}</b></p><div class="browser-menu" role="group" aria-label=${spoken("menu")}>${menu}</div></div>`;
  }

  const crest = () => html`<svg viewBox="0 0 40 40" aria-hidden="true"><path d="M4 36V20l8-6 8 6v16zM20 36V12l7-8 7 8v24z" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round" /><path d="M10 36v-8h4v8M25 18h4M25 25h4" fill="none" stroke="currentColor" stroke-width="2.5" /></svg>`;

  function cookies(act) {
    const answer = (given) => act.change((s) => {
      s.cookies = given;
      return { did: "answered-cookies", answer: given };
    });
    return html`<section class="browser-cookies" aria-label=${spoken("cookies.title")}>
      <p class="browser-small-title"><${Word} k="cookies.title" /></p>
      <${Text} k="cookies.text" />
      <div class="browser-two"><${Button} part="cookies-all" k="cookies.all" onClick=${() => answer("all")} /><${Button} part="cookies-only" k="cookies.only" onClick=${() => answer("only")} /></div>
    </section>`;
  }

  const townPages = {
    home: (open) => html`${title("town.welcome")}${view()}<${Text} k="town.text" />${link("link-hours", "page.hours", () => open("hours"))}${link("link-cpas", "page.cpas", () => open("cpas"))}`,
    news: () => html`${title("page.news")}<ul class="browser-news">${["news.1", "news.2"].map((k) => html`<li><${Icon} name="calendar" /><${Word} k=${k} /></li>`)}</ul>`,
    hours: () => html`${title("page.hours")}<table class="browser-table"><caption><${Word} k="hours.of" /></caption><tbody>${DAYS.map((day) => html`<tr><th scope="row"><${Word} k=${`day.${day}`} /></th><td><${Word} k=${`time.${hoursOf(day)}`} /></td></tr>`)}</tbody></table>`,
    cpas: (open) => html`${title("page.cpas")}<${Text} k="cpas.text" />${link("link-request", "page.request", () => open("request"))}${link("link-contact", "page.contact", () => open("contact"))}`,
    contact: (open) => html`${title("page.contact")}<ul class="browser-contact">
      <li><${Icon} name="call" /><span><${Word} k="contact.phone" /><b dir="ltr">${t("person.phone")}</b></span></li>
      <li><${Icon} name="home" /><span><${Word} k="contact.counter" /><b>${t("contact.street")}<br />9999 ${here.town}</b></span></li>
      <li><${Icon} name="mail" /><span><${Word} k="contact.email" /><b>${t("contact.mail")}</b></span></li></ul>
      ${link("link-hours", "page.hours", () => open("hours"))}`,
    request: (open) => html`${title("page.request")}<${Text} k="request.text" />${link("to-form", "page.form", () => open("form"))}${link("link-contact", "page.contact", () => open("contact"))}`,
    form: (_open, act) => html`${title("page.form")}<${Text} k="form.text" /><div class="browser-file">${sheet()}<div><b>${t("file.name")}</b><${Button} part="download" k="download" icon="download" kind="main" onClick=${() => act.change(download)} /></div></div>`,
  };

  const sheet = () => html`<svg class="browser-sheet" viewBox="0 0 48 60" aria-hidden="true"><path d="M4 2h28l12 12v44H4z" /><path d="M32 2v12h12M11 24h26M11 32h26M11 40h26M11 48h14" /></svg>`;

  /** The market square: three houses and a tower. */
  const view = () => html`<svg class="browser-view" viewBox="0 0 320 90" preserveAspectRatio="xMidYMax slice" aria-hidden="true"><path class="browser-sky" d="M0 0h320v90H0z" /><path class="browser-wall" d="M40 90V44l22-20 22 20v46zM84 90V52h44v38zM138 90V26l18-20 18 20v64zM184 90V48l26-18 26 18v42zM236 90V56h44v34z" /><path class="browser-door" d="M56 90V70h12v20zM150 90V68h12v22zM203 90V70h14v20z" /><path class="browser-panes" d="M94 62h10v10H94zM110 62h10v10h-10zM151 36h10v12h-10zM246 66h10v10h-10zM262 66h10v10h-10z" /></svg>`;

  // Sites that are not what they seem ────────────────────────────────────────

  function ad(_place, _state, act) {
    return html`<div class="browser-quick"><p class="browser-flash"><b>${t("name.ad")}</b></p><div class="browser-text">
      ${title("ad.title")}<p class="browser-price"><${Word} k="ad.price" /></p><${Text} k="ad.text" />
      <${Button} part="pay" k="ad.pay" onClick=${() => act.change(() => ({ mistake: "asks-money" }))} /></div></div>`;
  }

  function company(_place, _state, act) {
    return html`<div class="browser-company"><p class="browser-flash"><b>${t("name.company")}</b></p><div class="browser-text">
      ${title("company.title")}<${Text} k="company.text" />
      <${Field} part="card-number" k="company.card" value="" inputmode="numeric" onInput=${() => act.change(() => ({ mistake: "card-number" }), { typing: "card-number" })} />
      <${Button} part="pay" k="company.pay" icon="card" onClick=${() => act.change(() => ({ mistake: "asks-money" }))} /></div></div>`;
  }

  function alike(_place, _state, act) {
    const press = () => act.change(() => ({ mistake: "look-alike" }));
    return html`<div class="browser-town">
      ${townHead(["contact", "request"].map((name) => html`<button type="button" data-part=${`alike-${name}`} onClick=${press}><${Word} k=${`page.${name}`} /></button>`))}
      <div class="browser-text">${title("town.welcome")}${view()}<${Text} k="alike.text" /><${Button} part="alike-go" k="page.request" onClick=${press} /></div></div>`;
  }

  // The rest ─────────────────────────────────────────────────────────────────

  function library() {
    return html`<div class="browser-text">${title("name.library")}<${Text} k="library.text" /></div>`;
  }

  function file() {
    return html`<div class="browser-desk"><div class="browser-paper">${title("file.title")}${["file.who", "file.born", "file.street", "file.need", "file.sign"].map((k) => html`<p><${Word} k=${k} /><span /></p>`)}</div></div>`;
  }

  function other({ host }) {
    return html`<div class="browser-text"><h3 class="browser-title" data-focus tabindex="-1" translate="no">${host}</h3><${Text} k="other.text" /></div>`;
  }

  function lost({ host }) {
    return html`<div class="browser-empty"><${Icon} name="question" />${title("lost.title")}<p class="browser-written" translate="no">${host}</p><p><${Word} k="lost.text" /></p></div>`;
  }

  const sites = { start, search: results, town, ad, company, alike, library, file, other, lost };
  return { page };
}
