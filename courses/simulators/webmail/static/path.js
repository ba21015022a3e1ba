/** The path of “Show me”, from every state. */
import { ADDRESS, cpasFolder, find, seed } from "./mails.js";

/** Only the sheet knows: it hides the menu when all parts are seen. */
const isWide = () => document.querySelector("[data-part=menu]")?.offsetWidth === 0;

export function paths({ t, found, account }) {
  const isListed = (state, id) => found(state).some((mail) => mail.id === id);
  const atList = (state) => isWide() || state.pane === "list";
  const typed = (value, part, text, then) => (value.trim().toLowerCase() === text.toLowerCase() ? then : { part, text });

  function toList({ pane, draft }) {
    if (pane === "folders") return "folder-inbox";
    return draft ? "close-draft" : "back";
  }

  function toFolder(state, id) {
    if (isWide() || state.pane === "folders") return `folder-${id}`;
    return state.folder === id && state.pane === "mail" ? toList(state) : "menu";
  }

  /** The way to an opened mail; null when it is open. */
  function toMail(state, id) {
    if (state.open === id && !state.draft && (isWide() || state.pane === "mail")) return null;
    if (!isListed(state, id)) return toFolder(state, find(state, id).folder);
    return atList(state) ? `mail-${id}` : toList(state);
  }

  /** The press of the goal, or the one that first makes it possible. */
  function inMail(state, { mail, press }) {
    const { folder } = find(state, mail);
    if (press === "restore" && folder !== "bin") return "delete";
    if (folder === "bin" && ["delete", "report", "not-junk"].includes(press)) return "restore";
    if (press === "report" && folder === "junk") return "not-junk";
    return press === "not-junk" && folder !== "junk" ? "report" : press;
  }

  function writing(state, { mail, press, says, file, to = t("addr.cpas") }) {
    const { draft, dialog, picked } = state;
    const isMine = draft && draft.how === press && draft.mail === mail;
    if (dialog) return dialog !== "attach" || !isMine || !file ? "close-dialog" : picked === file ? "open-file" : `file-${file}`;
    if (!isMine) return (mail && toMail(state, mail)) || press;
    if (!draft.subject.trim()) return { part: "subject", text: t("appointment") };
    const strange = file && draft.files.find((one) => one !== file);
    if (strange) return `drop-${strange}`;
    if (file && !draft.files.length) return "clip";
    const lines = draft.body.split("\n").filter(Boolean);
    const isHers = lines.some((line, at) => line !== t(`say.${says[at]}`));
    return typed(draft.to, "to", to, isHers || lines.length >= says.length ? "send" : `say-${says[lines.length]}`);
  }

  function naming({ dialog, name, pane }) {
    if (dialog) return dialog === "folder" ? typed(name, "folder-name", t("cpas"), "make-folder") : "close-dialog";
    return isWide() || pane === "folders" ? "new-folder" : "menu";
  }

  const leaving = (state) => (state.dialog ? "close-dialog" : state.me ? "sign-out" : "me");

  const plans = {
    "open-new": (state) => toMail(state, [...found(state), ...state.mails].find((mail) => mail.isNew).id),
    "check-sent": (state, data) => (state.mails.some((mail) => mail.folder === "sent") ? toFolder(state, "sent") : writing(state, data)),
    "make-folder": naming,
    "move-to-folder"(state, data) {
      const to = cpasFolder(state);
      if (!to) return naming(state);
      if (state.dialog) return state.dialog === "move" && state.open === data.mail ? `to-${to}` : "close-dialog";
      return toMail(state, data.mail) || "move";
    },
    "sort-mails"(state) {
      const mail = !state.draft && (isWide() || state.pane === "mail") && seed(state.open);
      if (mail) return state.sorted.includes(mail.id) ? "sort-next" : `sort-${mail.right[0]}`;
      return atList(state) ? "sort-go" : toList(state);
    },
    "search-mail"(state) {
      if (!atList(state)) return toList(state);
      return state.query && isListed(state, "school") ? "mail-school" : { part: "search", text: t("from.school") };
    },
    "sign-out": leaving,
  };
  return function next(state, goal) {
    const { goal: name, data } = goal;
    const { page, login, dialog } = state;
    const isAccount = /address|password/.test(name);
    if (page === "account") return isAccount ? account.next(state, goal) : "to-sign-in";
    if (page === "signin") return isAccount ? "create-account" : typed(login.address, "address", ADDRESS, typed(login.password, "password", t("secret"), "enter"));
    if (isAccount || name === "sign-in") return leaving(state);
    if (dialog && !data?.says && !/folder$/.test(name)) return "close-dialog";
    if (plans[name]) return plans[name](state, data);
    return data.says ? writing(state, data) : toMail(state, data.mail) || inMail(state, data);
  };
}
