/** A webmail with eight made-up mails; nothing is sent anywhere. */
import { Icon, drags, html, paragraphs } from "../kit.js";
import { accountPages, freshAccount } from "./account.js";
import * as box from "./mails.js";
import { paths } from "./path.js";

const freshLogin = () => ({ address: "", password: "", wrong: null });

export default function webmail(kit, task) {
  const { t, own, Word, Text, Button, Field } = kit;
  let act;
  let drawn;

  const doing = (then) => () => act.change((state) => { state.note = null; return then(state); });
  const looking = (then) => () => act.touch(then);
  const dialog = (name) => looking((state) => Object.assign(state, { dialog: name, picked: null, name: "", isNameless: false }));

  const press = (part, k, icon, onClick, kind) => html`<${Button} part=${part} k=${k} icon=${icon} kind=${kind} onClick=${onClick} />`;
  const sign = (part, label, icon, onClick, rest) => html`<${Button} part=${part} label=${label} icon=${icon} kind="plain" onClick=${onClick} ...${rest} />`;
  const field = (part, k, value, then, rest) => html`<${Field} part=${part} k=${k} value=${value} onInput=${(typed) => act.change((state) => then(state, typed), { typing: part })} ...${rest} />`;
  const line = (part, icon, inside, onClick, rest) => html`<button type="button" class="webmail-line" key=${part} data-part=${part} onClick=${onClick} ...${rest}><${Icon} name=${icon} />${inside}</button>`;
  const title = (k, isHere = true, values) => html`<h3 class="sim-heading" tabindex="-1" data-focus=${isHere || undefined}><${Word} k=${k} values=${values} /></h3>`;
  const entry = (k, inside) => html`<dt><${Word} k=${k} /></dt><dd>${inside}</dd>`;

  const account = accountPages({ ...kit, looking, doing, press, field, line, title });

  const isSorting = (mail) => act.current?.goal === "sort-mails" && !mail?.isMine;
  const foldersOf = ({ own }) => [...Object.keys(box.FOLDERS), ...own];
  const signOf = (id) => box.FOLDERS[id] || "folder";
  const senderOf = (id) => box.seed(id).from || id;
  const addressOf = (id) => t(`addr.${senderOf(id)}`);
  const dateOf = (mail) => t(mail.isMine ? "today" : box.seed(mail.id).date);
  const subjectOf = (mail) => (mail.isMine ? mail.subject || "no_subject" : `mail.${mail.id}.subject`);
  const isAt = (state, pane) => state.pane === pane && !state.dialog;

  /** A search goes through all folders, in both languages. */
  function found(state) {
    if (!state.query.trim()) return state.mails.filter((mail) => mail.folder === state.folder);
    return state.mails.filter((mail) => box.isFound(state.query, mail.isMine ? `${mail.to} ${mail.subject} ${mail.body}` : wordsOf(mail.id)));
  }

  const wordsOf = (id) => [`from.${senderOf(id)}`, `addr.${senderOf(id)}`, `mail.${id}.subject`, `mail.${id}.text`].flatMap((k) => [t(k), own(k)]).join(" ");

  function signIn({ login }) {
    const set = (name) => (state, value) => { Object.assign(state.login, { [name]: value, wrong: null }); };
    const enter = doing((state) => {
      const address = login.address.trim().toLowerCase() === box.ADDRESS;
      const password = login.password.trim() === t("secret");
      state.login.wrong = !address ? "address" : !password && "password";
      if (!state.login.wrong) state.page = "mail";
      return { did: "signed-in", address, password };
    });
    const typed = (name, k, rest) => field(name, k, login[name], set(name), { ...rest, type: name === "password" ? name : "email", error: login.wrong === name && `err.${name}`, onEnter: enter });
    return html`<div class="webmail-page sim-pad">
      <p class="webmail-brand"><${Icon} name="mail" /><b>${t("email")}</b></p>
      ${title("sign_in")}
      <dl class="webmail-card">${entry("email_address", box.ADDRESS)}${entry("password", t("secret"))}</dl>
      ${typed("address", "email_address")}${typed("password", "password", { hint: "not_real" })}
      <label class="webmail-tick"><input type="checkbox" data-part="remember" /><${Word} k="remember_me" /></label>
      ${press("enter", "sign_in", "lock", enter, "main")}
      ${press("create-account", "create_account", "plus", doing((state) => { Object.assign(state, { page: "account", account: freshAccount() }); }), "plain")}
    </div>`;
  }

  function signOut(state) {
    box.closeDraft(state);
    Object.assign(state, { page: "signin", login: freshLogin(), me: false, pane: "list", open: null, query: "" });
    return { did: "signed-out" };
  }

  function mailbox(state) {
    const { note, me } = state;
    const menu = (one) => { box.closeDraft(one); one.pane = "folders"; };
    return html`<div class="webmail-app" inert=${Boolean(state.dialog)}>
      <div class="webmail-head sim-bar">
        ${sign("menu", "folders", "menu", state.draft ? doing(menu) : looking(menu))}
        ${press("new", "new_message", "pen", doing((one) => box.startDraft(one, { how: "new" })), "main")}
        ${sign("me", "account", "person", looking((one) => { one.me = !me; }), { "aria-expanded": me })}
      </div>
      ${me && html`<div class="webmail-me"><b>${box.ADDRESS}</b>${press("sign-out", "sign_out", "lock", doing(signOut))}</div>`}
      <div role="status">${note && html`<p class="webmail-note"><${Icon} name="check" /><${Word} k=${note.k} values=${{ folder: t(note.to) }} /></p>`}</div>
      <div class="webmail-panes" data-pane=${state.pane}>${folders(state)}${list(state)}${state.draft ? compose(state) : reading(state)}</div>
    </div>${state.dialog && dialogs[state.dialog](state)}`;
  }

  function folders(state) {
    const folder = (id) => {
      const unread = state.mails.filter((mail) => mail.folder === id && mail.isNew).length;
      const inside = html`<${Word} k=${id} />${unread > 0 && html`<b class="webmail-count">${unread}<span class="hidden-visually"> ${t("unread")}</span></b>`}`;
      return line(`folder-${id}`, signOf(id), inside, doing((one) => box.openFolder(one, id)), { "data-drop": id, "aria-current": state.folder === id && !state.query });
    };
    return html`<nav class="webmail-folders" aria-label=${t("folders")}>${title("folders", isAt(state, "folders"))}
      ${foldersOf(state).map(folder)}
      ${line("new-folder", "plus", html`<${Word} k="new_folder" />`, dialog("folder"))}</nav>`;
  }

  function list(state) {
    const { query } = state;
    const mails = found(state);
    const left = box.SEEDS.length - state.sorted.length;
    const seek = (one, value) => { box.closeDraft(one); Object.assign(one, { query: value, pane: "list" }); };
    return html`<section class="webmail-list">
      ${title(query ? "found" : state.folder, isAt(state, "list"), { n: mails.length })}
      ${isSorting() && html`<div class="webmail-strip"><${Word} k="sort.left" values=${{ n: left }} />${press("sort-go", "sort.next", "forward", doing(box.openUnsorted), "main")}</div>`}
      ${field("search", "search", query, seek, { type: "search" })}
      ${mails.map((mail) => row(state, mail))}
      ${!mails.length && html`<p class="webmail-empty"><${Word} k=${query ? "nothing_found" : "empty"} /></p>`}
    </section>`;
  }

  function row(state, mail) {
    const { id, folder, isMine, isNew, files } = mail;
    const drop = drags((to) => box.canTake(mail, to) && doing((one) => box.put(one, id, to))());
    return html`<button type="button" class=${isNew ? "webmail-row is-new" : "webmail-row"} key=${id} data-part=${`mail-${id}`} aria-current=${state.open === id} onClick=${doing((one) => box.openMail(one, id))} ...${drop}>
      <span>${isNew && html`<span class="hidden-visually">${t("unread")}: </span>`}${isMine ? mail.to || "…" : t(`from.${senderOf(id)}`)}</span>
      <span class="webmail-date">${files.length > 0 && html`<${Icon} name="clip" /><span class="hidden-visually">${t("has_file")}</span>`}${dateOf(mail)}</span>
      <${Word} k=${subjectOf(mail)} />${state.query && html`<small>${t(folder)}</small>`}
    </button>`;
  }

  function reading(state) {
    const mail = box.find(state, state.open);
    if (!mail) return html`<section class="webmail-read"><p class="webmail-empty"><${Word} k="choose_mail" /></p></section>`;
    const { id, isMine, files } = mail;
    const answer = (how, icon) => press(how, how, icon, doing((one) => box.startDraft(one, answerTo(mail, how))));
    const [name, place] = (isMine ? box.ADDRESS : addressOf(id)).split("@");
    return html`<section class="webmail-read" key=${id}>
      ${press("back", "back", "back", looking((one) => { one.pane = "list"; }), "plain")}
      ${!isSorting(mail) && html`<div class="webmail-verbs">${verbs(mail)}</div>`}
      ${title(subjectOf(mail), isAt(state, "mail"))}
      <dl class="webmail-about">
        ${entry("from", html`<${Word} k=${isMine ? "person.name" : `from.${senderOf(id)}`} /><span class="webmail-address">${name}@<b>${place}</b></span>`)}
        ${entry("to", isMine ? mail.to : box.ADDRESS)}${entry("date", dateOf(mail))}</dl>
      <div class="webmail-text">${isMine ? paragraphs(mail.body) : html`<${Text} k=${`mail.${id}.text`} />`}
        ${!isMine && box.seed(id).isFake && press("link", `mail.${id}.link`, null, doing(() => ({ mistake: "clicked-fake" })), "main")}</div>
      ${files.map((file) => attachment(file, html`${state.saved.includes(file) && html`<${Icon} name="check" /><${Word} k="downloads" />`}
        ${sign(`save-${file}`, "download", "download", doing((one) => { one.saved.push(file); return { did: "saved", file }; }))}`))}
      ${isSorting(mail) ? sorting(state) : !isMine && html`<div class="webmail-verbs">${answer("reply", "reply")}${answer("forward", "forwardmail")}</div>`}
      ${id === "appointment" && !state.told && task.goals.some((goal) => goal.goal === "read-appointment") && asking()}
    </section>`;
  }

  const attachment = (file, inside) => html`<div class="webmail-file" key=${file}><${Icon} name="clip" /><span>${t(`file.${file}`)}</span>${inside}</div>`;

  function verbs({ id, folder, was, isMine }) {
    const put = (part, k, to) => press(part, k, signOf(to), doing((one) => box.put(one, id, to)));
    return [
      folder === "bin" ? put("restore", "restore", was) : put("delete", "delete", "bin"),
      folder === "junk" && put("not-junk", "not_junk", "inbox"),
      !isMine && press("move", "move", "folder", dialog("move")),
      !isMine && folder !== "bin" && folder !== "junk" && put("report", "report_junk", "junk"),
    ];
  }

  function sorting({ open, sorted }) {
    const choice = (name, k, icon) => press(`sort-${name}`, k, icon, doing((one) => box.sort(one, name)));
    if (!sorted.includes(open)) return html`<div class="webmail-strip"><b><${Word} k="sort.ask" /></b>${choice("keep", "sort.keep", "check")}${choice("delete", "delete", "bin")}${choice("report", "report_junk", "warning")}</div>`;
    return html`<div class="webmail-strip is-good"><${Icon} name="check" /><${Word} k=${box.seed(open).isFake ? `why.${open}` : "why.real"} />${press("sort-next", "sort.next", "forward", doing(box.openUnsorted), "main")}</div>`;
  }

  function asking() {
    const tell = (time) => doing((state) => { state.told = time === box.TIMES.at(-1); return { did: "told-time", time }; });
    return html`<div class="webmail-strip"><b><${Word} k="ask_time" /></b>${box.TIMES.map((time) => press(`time-${time}`, `time.${time}`, "calendar", tell(time)))}</div>`;
  }

  function answerTo({ id, files }, how) {
    const subject = `${t(`mark.${how}`)} ${t(`mail.${id}.subject`)}`;
    return how === "reply" ? { how, mail: id, subject, to: addressOf(id) } : { how, mail: id, subject, files };
  }

  function compose(state) {
    const { draft } = state;
    const { how, mail, files, wrong, body } = draft;
    const typed = (part, rest, name = part) => field(part, part, draft[name], (one, value) => box.write(one, name, value), { ...rest, error: wrong === name && `err.${name}` });
    const say = (one) => press(`say-${one}`, `say.${one}`, "plus", doing((now) => box.write(now, "body", [body.trimEnd(), t(`say.${one}`)].filter(Boolean).join("\n"))));
    const drop = (file) => sign(`drop-${file}`, "take_away", "close", doing((one) => box.write(one, "files", files.filter((mine) => mine !== file))));
    return html`<section class="webmail-read" key=${draft.id}>
      ${press("close-draft", "close", "close", doing(box.closeDraft), "plain")}
      ${title(how === "new" ? "new_message" : how, isAt(state, "mail"))}
      ${how !== "reply" && html`<dl class="webmail-card">${entry("from.cpas", t("addr.cpas"))}${entry("friend", box.FRIEND)}</dl>`}
      ${typed("to", { type: "email" })}${typed("subject")}${typed("text", { lines: 5 }, "body")}
      <div class="webmail-says">${box.sentences(draft).map(say)}</div>
      ${files.map((file) => attachment(file, drop(file)))}
      ${["attached", "file", "mail"].includes(wrong) && html`<p class="sim-error"><${Word} k=${`err.${wrong}`} /></p>`}
      <div class="webmail-both">${press("clip", "attach", "clip", dialog("attach"))}${press("send", "send", "send", doing((one) => box.send(one, task.goals, act.current)), "main")}</div>
    </section>`;
  }

  const sheet = (k, inside) => html`<div class="webmail-cover"><div class="webmail-sheet" role="dialog" aria-modal="true" aria-label=${t(k)} onKeyDown=${(event) => event.key === "Escape" && dialog(null)()}>
    <div class="webmail-both">${title(k)}${sign("close-dialog", "close", "close", dialog(null))}</div>${inside}</div></div>`;

  const dialogs = {
    folder(state) {
      const make = doing(box.makeFolder);
      const name = (one, value) => { Object.assign(one, { name: value, isNameless: false }); };
      return sheet("new_folder", html`${field("folder-name", "folder_name", state.name, name, { error: state.isNameless && "err.name", onEnter: make })}${press("make-folder", "ok", null, make, "main")}`);
    },
    move(state) {
      const mail = box.find(state, state.open);
      const ids = foldersOf(state).filter((id) => id !== mail.folder && box.canTake(mail, id));
      return sheet("move", ids.map((id) => line(`to-${id}`, signOf(id), html`<${Word} k=${id} />`, doing((one) => { one.dialog = null; return box.put(one, mail.id, id); }))));
    },
    attach({ picked }) {
      const pick = (file) => line(`file-${file}`, "file", html`<${Word} k=${`file.${file}`} />`, looking((one) => { one.picked = file; }), { "aria-pressed": picked === file });
      const add = doing((one) => { one.dialog = null; if (picked) box.write(one, "files", [...new Set([...one.draft.files, picked])]); });
      return sheet("add_file", html`${box.PAPERS.map(pick)}${press("open-file", "open", null, add, "main")}`);
    },
  };

  /** A new part is seen from its top, and no focus stays in a hidden one. */
  function settle(root, screen) {
    if (!root) return;
    const at = document.activeElement;
    const modal = root.querySelector("[aria-modal]");
    if (root.contains(at) && (modal ? !modal.contains(at) : !at.offsetWidth)) (modal || root).querySelector("[data-focus]").focus({ preventScroll: true });
    if (drawn !== screen && root.getBoundingClientRect().top < 0) root.scrollIntoView();
    drawn = screen;
  }

  const pages = { account: account.view, signin: signIn, mail: mailbox };

  return {
    next: paths({ t, found, account }),
    view(state, engine) {
      act = engine;
      const screen = [state.page, state.account.step, state.pane, state.open, state.draft?.id].join();
      return html`<div class="webmail" ref=${(root) => queueMicrotask(() => settle(root, screen))}>${pages[state.page](state)}</div>`;
    },
    start({ goals, met }) {
      const open = goals.filter((goal) => !met.includes(goal));
      return {
        page: /address|password/.test(open[0]?.goal) ? "account" : open.some((goal) => goal.goal === "sign-in") ? "signin" : "mail",
        login: freshLogin(),
        account: freshAccount(open[0]?.goal === "strong-password" ? "password" : "address"),
        ...box.freshBox(t, open, met),
      };
    },
  };
}
