/** Making an account; not the page of a real provider. */
import { Icon, html } from "../kit.js";
import { plain } from "./mails.js";

const PLACE = "@post.example";
const NOT_SERIOUS = /cool|sexy|crazy|\b(cat|king|baby|love|boss)\b|\d{5}/;
const EASY = /pass|wacht|azerty|qwert|1234|(.)\1\1/;
const BIRTHDAY = /1990|5[-./ ]?03|5[-./ ]3/; // 05-03-1990

export const freshAccount = (step = "address") => ({ step, name: "", password: "", phone: "", wrong: null });

// The place may be typed too.
const nameOf = (typed) => typed.trim().toLowerCase().replace(/@.*$/, "");

function faultIn(name) {
  if (/\s/.test(name)) return "has-space";
  if (/[^a-z0-9._-]/.test(name)) return "other-letters";
  return (name.length < 3 || NOT_SERIOUS.test(name)) && "not-serious";
}

function judgePassword(password, names) {
  const text = plain(password);
  const words = text.split(/[^\p{L}]+/u).filter((word) => word.length > 2);
  const isNamed = names.some((name) => words.includes(name) || (name.length > 4 && text.includes(name)));
  const why = BIRTHDAY.test(text) ? "birthday" : isNamed ? "name" : EASY.test(text) ? "easy" : text.length < 8 && "short";
  if (why) return { strength: "weak", why };
  const isLong = text.length > 14 || (words.length > 2 && text.length > 10);
  return isLong ? { strength: "strong", why: "good" } : { strength: "medium", why: "longer" };
}

export function accountPages({ t, Word, looking, doing, press, field, line, title }) {
  const [first, last] = [t("person.first"), t("person.last")].map(plain);
  const suggestions = [`cool${first}99`, `${first}.${last}`, `${first} ${last}`];
  const judged = ({ name, password }) => judgePassword(password, [first, last, ...nameOf(name).split(/\W+/)]);
  const set = (field) => ({ account: mine }, value) => { Object.assign(mine, { [field]: value, wrong: null }); };
  const go = (step) => doing((state) => set("step")(state, step));
  const both = (before, main) => html`<div class="webmail-both">${press("account-back", "back", "back", go(before), "plain")}${main}</div>`;

  const steps = {
    address({ name, wrong }) {
      const choose = doing(({ account: mine }) => {
        const fault = faultIn(nameOf(name));
        mine.wrong = name.trim() ? fault : "empty";
        if (!mine.wrong) mine.step = "password";
        return name.trim() && (fault ? { mistake: fault } : { did: "chose-address" });
      });
      return html`${title("account.address")}<p class="webmail-card"><${Word} k="account.you" /></p>
        ${suggestions.map((one, at) => line(`pick-${at}`, "person", one, doing((state) => set("name")(state, one)), { "aria-pressed": name === one }))}
        <div class="webmail-at">${field("new-address", "account.own", name, set("name"), { error: wrong && `account.${wrong}`, onEnter: choose })}<b>${PLACE}</b></div>
        ${press("address-next", "next", null, choose, "main")}`;
    },
    password(mine) {
      const { strength, why } = judged(mine);
      const choose = doing((state) => {
        if (strength === "strong") state.account.step = "extra";
        return mine.password && { did: "chose-password", strength };
      });
      return html`${title("account.password")}<p class="webmail-card"><${Word} k="account.three" /><kbd>${t("account.example")}</kbd></p>
        ${field("new-password", "password", mine.password, set("password"), { hint: "not_real", type: mine.isShown ? "text" : "password", onEnter: choose })}
        ${press("see-password", "see_password", "eye", looking((state) => set("isShown")(state, !mine.isShown)), "plain")}
        <div class=${`webmail-meter webmail-${mine.password && strength}`} role="status"><i /><i /><i />${mine.password && html`<b><${Word} k=${strength} /></b><p><${Word} k=${`why.${why}`} /></p>`}</div>
        ${both("address", press("password-next", "next", null, choose, "main"))}`;
    },
    extra: ({ phone }) => html`${title("account.hint")}<p class="webmail-card"><${Word} k="account.paper" /></p>
      ${field("phone", "account.phone", phone, set("phone"), { hint: "account.phone_hint", type: "tel" })}
      ${both("password", press("account-make", "create_account", null, go("ready"), "main"))}`,
    ready: ({ name }) => html`${title("account.ready")}<p class="webmail-card">${nameOf(name) || suggestions[1]}${PLACE}</p><p><${Word} k="account.learn" /></p>`,
  };

  return {
    view: ({ account: mine }) => html`<div class="webmail-page sim-pad">
      <p class="webmail-brand"><${Icon} name="mail" /><b>${t("create_account")}</b></p>
      ${steps[mine.step](mine)}
      ${press("to-sign-in", "sign_in", "lock", doing((state) => { state.page = "signin"; }), mine.step === "ready" ? "main" : "plain")}
    </div>`,

    next({ account: mine }, goal) {
      if (mine.step === "ready") return "to-sign-in";
      if (mine.step === "address") return nameOf(mine.name) && !faultIn(nameOf(mine.name)) ? "address-next" : "pick-1";
      if (mine.step === "extra" || goal.goal === "choose-address") return "account-back";
      return judged(mine).strength === "strong" ? "password-next" : { part: "new-password", text: t("account.example") };
    },
  };
}
