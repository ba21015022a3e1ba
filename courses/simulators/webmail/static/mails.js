/** The mailbox. A verb writes into the state and returns what it reports. */

export const ADDRESS = "sam@post.example";
export const FOLDERS = { inbox: "inbox", sent: "send", drafts: "pen", junk: "warning", bin: "bin" };
export const FRIEND = "nadia@post.example";
export const PAPERS = ["card", "contract", "pay", "cat"];
export const TIMES = ["monday-noon", "tuesday-afternoon", "tuesday-morning"];

/** `right`: what one may do when sorting, the best first. */
export const SEEDS = [
  { id: "papers", from: "cpas", date: "today", isNew: true, right: ["keep"] },
  { id: "key", date: "today", isNew: true, isFake: true, right: ["report", "delete"] },
  { id: "appointment", from: "cpas", date: "yesterday", isNew: true, right: ["keep"] },
  { id: "ebox", date: "monday", right: ["keep"] },
  { id: "health", date: "monday", right: ["delete", "keep"] },
  { id: "welcome", date: "friday", files: ["plan"], right: ["keep", "delete"] },
  { id: "prize", date: "today", isNew: true, isFake: true, folder: "junk", right: ["report", "delete"] },
  { id: "school", date: "yesterday", isNew: true, files: ["letter"], folder: "junk", right: ["keep"] },
];
export const seed = (id) => SEEDS.find((mail) => mail.id === id);

/** The mailbox in which all goals that are still open can be reached. */
export function freshBox(t, open, met) {
  const isLeft = (name) => open.some((goal) => goal.goal === name);
  const isDone = (name) => met.some((goal) => goal.goal === name);
  const isSending = (goal) => goal.did === "sent";
  const cpas = t("cpas");
  const mails = SEEDS.map(({ id, folder = "inbox", isNew = false, files = [] }) => ({ id, folder, isNew, files }));
  const box = {
    folder: "inbox", open: null, pane: "list", query: "", draft: null, dialog: null, note: null, me: false,
    mails, own: isLeft("make-folder") && !isDone("move-to-folder") ? [] : [cpas], told: isDone("read-appointment"), sorted: [], saved: [], count: 0,
  };
  if (isDone("find-in-junk")) find(box, "school").folder = "inbox";
  if (isDone("move-to-folder")) find(box, "appointment").folder = cpas;
  if (isLeft("restore-mail") && !isLeft("delete-mail")) Object.assign(find(box, "health"), { folder: "bin", was: "inbox" });
  if (isLeft("check-sent") && (met.some(isSending) || !open.some(isSending))) mails.unshift({ id: "mine", folder: "sent", isMine: true, files: [], to: t("addr.cpas"), subject: t("appointment"), body: t("say.ask") });
  return box;
}

export const find = (box, id) => box.mails.find((mail) => mail.id === id);
export const cpasFolder = (box) => box.own.find(isCpas);
const isCpas = (name) => /cpas|ocmw|oshz/.test(plain(name));

export function openFolder(box, id) {
  closeDraft(box);
  Object.assign(box, { folder: id, open: null, query: "", pane: "list" });
  return lookedInSent(box);
}

const lookedInSent = (box) => box.folder === "sent" && box.mails.some((mail) => mail.folder === "sent") && { did: "looked-in-sent" };

export function openMail(box, id) {
  closeDraft(box);
  const mail = find(box, id);
  const said = [mail.isNew && { did: "opened-new" }, box.query && { did: `found-${id}` }];
  mail.isNew = false;
  box.pane = "mail";
  if (mail.folder === "drafts") {
    box.draft = mail;
    box.mails = box.mails.filter((one) => one !== mail);
  } else box.open = id;
  return said;
}

export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** One letter may be wrong, missing or too many. */
export function isFound(query, text) {
  const all = plain(text);
  const nearly = (word) => RegExp([...word].map((_, at) => `${word.slice(0, at)}.{0,2}${word.slice(at + 1)}`).join("|")).test(all);
  return plain(query).split(/[^\p{L}\d]+/u).every((word) => all.includes(word) || (word.length > 3 && nearly(word)));
}

/** What she wrote goes to the bin and back only. */
export const canTake = ({ isMine, was }, to) => to === "bin" || (isMine ? to === was : to !== "sent" && to !== "drafts");

/** Every way to another folder: by a button, by “Move”, by dragging. */
export function put(box, id, to) {
  const mail = find(box, id);
  const from = mail.folder;
  if (from === to) return null;
  const lay = from === "bin" ? mail.was : from;
  if (to === "bin") mail.was = from;
  mail.folder = to;
  if (box.open === id) Object.assign(box, { open: null, pane: "list" });
  box.note = { k: "note.in", to };
  if (to === "bin") return { did: "deleted", mail: id };
  if (to === "junk" && lay !== "junk") return { did: "reported", mail: id };
  return [
    from === "bin" && { did: "restored", mail: id },
    lay === "junk" && to !== lay && { did: "rescued", mail: id },
    box.own.includes(to) && { did: "moved", mail: id, to: isCpas(to) ? "cpas" : "other" },
  ];
}

export function makeFolder(box) {
  const name = box.name.trim();
  box.isNameless = !name || name in FOLDERS || box.own.includes(name);
  if (box.isNameless) return null;
  box.own.push(name);
  Object.assign(box, { dialog: null, pane: "folders" });
  return { did: "made-folder", name: isCpas(name) ? "cpas" : "other" };
}

export function openUnsorted(box) {
  const { id } = SEEDS.find((mail) => !box.sorted.includes(mail.id));
  Object.assign(box, { folder: find(box, id).folder, query: "" });
  return openMail(box, id);
}

/** The mail stays open, so that she can read why the answer is right. */
export function sort(box, choice) {
  const { open: id, pane } = box;
  const { right, isFake } = seed(id);
  if (!right.includes(choice)) return { mistake: isFake ? "kept-fake" : choice === "delete" ? "deleted-good" : "reported-good" };
  const { folder } = find(box, id);
  const to = { keep: folder === "junk" || folder === "bin" ? "inbox" : folder, delete: "bin", report: "junk" }[choice];
  const said = put(box, id, to);
  box.sorted.push(id);
  Object.assign(box, { open: id, pane });
  return [said, box.sorted.length === SEEDS.length && { did: "sorted-all" }].flat();
}

export function startDraft(box, draft) {
  closeDraft(box);
  box.count += 1;
  box.draft = { id: `mine-${box.count}`, isMine: true, mail: null, to: "", subject: "", body: "", files: [], ...draft };
  box.pane = "mail";
}

export function sentences({ how, mail }) {
  const asked = how === "forward" ? ["see"] : mail === "papers" ? ["contract", "come"] : how === "new" ? ["ask"] : [];
  return ["hello", ...asked, "thanks", "name"];
}

export function write(box, field, value) {
  Object.assign(box.draft, { [field]: value, wrong: null, isTouched: true });
}

export function closeDraft(box) {
  const { draft } = box;
  if (!draft) return;
  Object.assign(box, { draft: null, pane: "list" });
  if (!draft.isTouched) return;
  box.mails.unshift({ ...draft, wrong: null, folder: "drafts" });
  box.note = { k: "note.in", to: "drafts" };
}

/** What is not what the task asks stays open with its fault marked. */
export function send(box, goals, current) {
  const { draft } = box;
  const { how, mail, files } = draft;
  const report = {
    did: "sent", how, mail, to: who(draft.to), subject: /\S/.test(draft.subject), text: /\S/.test(draft.body),
    attached: files.length > 0, file: files.every((file) => file === "contract") ? "contract" : "other",
  };
  const fault = (goal) => Object.keys(goal.wants).find((key) => ![goal.wants[key]].flat().includes(report[key]));
  const sending = goals.filter((goal) => goal.did === "sent");
  const isAsked = current?.did !== "sent" || sending.some((goal) => !fault(goal));
  const wrong = isAsked ? !/^\S+@\S+\.\S+$/.test(draft.to.trim()) && "to" : fault(current);
  draft.wrong = { how: "mail", text: "body" }[wrong] || wrong;
  if (draft.wrong) return isAsked ? null : report;
  box.mails.unshift({ ...draft, folder: "sent" });
  Object.assign(box, { draft: null, pane: "list", note: { k: "message_sent", to: "sent" } });
  return [report, lookedInSent(box)];
}

function who(address) {
  const plainly = address.trim().toLowerCase();
  if (/^info@(cpas|ocmw|oshz)\.example$/.test(plainly)) return "cpas";
  return plainly === FRIEND ? "friend" : "other";
}
