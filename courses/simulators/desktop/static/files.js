/**
 * The tree of folders and files, and what can be done in it. A node: {id, in, kind, k} or, once she named it,
 * {…, name}; `k` is a word of the screen, `in` the id of its folder, "" for the places themselves.
 *
 * Every deed changes the state it is given and returns the report of it.
 */
const node = (id, place, kind, k, more) => ({ id, in: place, kind, k, ...more });

const places = () => ["documents", "downloads", "pictures", "usb", "bin"].map((id) => node(id, "", id, id));

const files = () => [
  node("papers", "documents", "folder", "papers"),
  node("contract", "documents", "paper", "contract_file", { title: "rental_contract" }),
  node("list", "documents", "text", "old_list", { title: "old_list_text" }),
  node("scan", "documents", "paper", "scan", { title: "bill" }),
  node("hours", "downloads", "paper", "hours_file", { title: "opening_hours" }),
  node("download", "downloads", "paper", "download_file", { title: "your_papers", lines: ["identity_card", "rental_contract", "pay_slip"], isNew: true }),
  node("dark", "pictures", "photo", "photo_1"),
  node("good", "pictures", "photo", "photo_2"),
  node("cut", "pictures", "photo", "photo_3"),
  node("advert", "bin", "paper", "advert_file", { title: "ad", was: "downloads" }),
  node("lost", "bin", "paper", "pay_file", { title: "pay_slip", was: "documents" }),
];

// Where things are when these goals had been met before a reload.
const MOVED = { "delete-file": ["list", "bin"], "restore-file": ["lost", "documents"], "move-file": ["contract", "cpas"], "photos-in-folder": ["good", "papers"] };
const RENAMED = { "rename-file": "scan", "photos-in-folder": "good" };
// The name on the note when the editor gave none.
export const NAMES = { "save-file": "rent_file", "find-file": "rent_file", "rename-file": "bill_file", "photos-in-folder": "photo_file", "make-folder": "cpas" };

export const PROGRAMS = ["files", "text", "mail", "viewer"];
export const find = (state, id) => state.nodes.find((one) => one.id === id);
export const inside = (state, id) => state.nodes.filter((one) => one.in === id && (one.id !== "usb" || state.stick === "in"));
export const isFile = ({ kind }) => ["text", "paper", "photo"].includes(kind);
export const front = (state) => state.open.findLast((one) => !state.hidden.includes(one));

/** The folder, those around it, and at last the place (documents, downloads …) all is in. */
export function way(state, id) {
  const at = find(state, id);
  return at ? [at, ...way(state, at.in)] : [];
}

const bare = (name) => name.trim().replace(/\.\w{2,4}$/, "").replace(/\s+/g, " ").toLowerCase();
/** An ending (.pdf), capitals and spaces make no other name. */
export const matches = (name, wanted) => bare(name) === bare(wanted);

export function fileroom({ t }, task) {
  const wanted = (goal) => goal.value || t(NAMES[goal.goal]);
  const nameOf = (one) => one.name ?? t(one.k);
  /** The name of an office in any of the country's languages will do. */
  const isCpas = (one) => one.kind === "folder" && one.in === "documents" && isCpasName(nameOf(one));
  const isCpasName = (name) => ["cpas", "ocmw", "öshz", "oshz"].includes(bare(name)) || matches(name, t("cpas"));
  const cpas = (state) => state.nodes.find(isCpas);

  /** The name as a goal's `wants` has it, when it is the one that goal asks for. */
  function asAsked(kind, name) {
    const goal = asking(kind, name);
    return goal ? goal.value : name;
  }
  const asking = (kind, name) => task.goals.find((goal) => goal.goal === kind && matches(name, wanted(goal)));

  function seeded(met) {
    const isMet = (kind) => met.find((goal) => goal.goal === kind);
    const isToDo = (kind) => task.goals.some((goal) => goal.goal === kind) && !isMet(kind);
    const nodes = [...places(), ...files()];
    if (!isToDo("make-folder")) nodes.push(node("cpas", "documents", "folder", "cpas"));
    for (const [kind, id] of Object.entries(RENAMED)) if (isMet(kind)) find({ nodes }, id).name = wanted(isMet(kind));
    for (const [kind, [id, to]] of Object.entries(MOVED)) {
      const one = find({ nodes }, id);
      if (isMet(kind) && (to !== "cpas" || find({ nodes }, to))) Object.assign(one, { was: one.in, in: to });
    }
    if (isToDo("save-file")) return { nodes, saved: "" };
    const goal = isMet("save-file") || task.goals.find((one) => one.goal === "find-file");
    nodes.push(node("saved", "documents", "text", "rent_file", { title: "rent_line", ...(goal?.value && { name: goal.value }) }));
    return { nodes, saved: "saved" };
  }

  function add(state, more) {
    const made = { ...more, id: `n${(state.made += 1)}` };
    state.nodes.push(made);
    return made;
  }

  const moved = (state, one) => ({ did: "moved", file: one.of || one.id, to: isCpas(find(state, one.in)) ? "cpas" : one.in });

  /** The photo takes two deeds in any order: the first of them is no mistake because the second is still to come. */
  function filed(one, deed) {
    const isNamed = asking("photos-in-folder", nameOf(one));
    const isThere = one.in === "papers";
    const isWrong = deed === "rename" ? !isNamed : !isThere;
    const folder = deed === "rename" ? "papers" : one.in;
    return (isWrong || (isNamed && isThere)) && { did: "filed-photo", folder, name: asAsked("photos-in-folder", nameOf(one)) };
  }

  /** What “OK”, “Save”, “Move” in a dialog does. */
  const deeds = {
    save(state, { name, place }) {
      const same = inside(state, place).find((one) => one.kind === "text" && matches(nameOf(one), name));
      const kept = same || add(state, { in: place, kind: "text" });
      Object.assign(kept, { name, text: state.text });
      state.isKept = true;
      const hasText = Boolean(state.text.trim());
      if (hasText && asking("save-file", name) && place === "documents") state.saved = kept.id;
      return { did: "saved", text: hasText, folder: place, name: asAsked("save-file", name) };
    },
    attach(state, { name, place }) {
      add(state, { in: place, kind: "paper", name, title: "appointment" });
      return { did: "kept-attachment", folder: place };
    },
    rename(state, { name, file }) {
      const one = find(state, file);
      one.name = name;
      if (one.id === "good") return filed(one, "rename");
      if (isFile(one)) return { did: "renamed", file: one.id, name: asAsked("rename-file", name) };
      // A folder that gets its right name only now: what lies in it has come to the right place.
      return [madeFolder(one), ...(isCpas(one) ? inside(state, one.id).map((file) => moved(state, file)) : [])];
    },
    folder(state, { name, file }) {
      return madeFolder(add(state, { in: file, kind: "folder", name }));
    },
    move(state, { place, file }) {
      const one = find(state, file);
      if (one.in === place) return null;
      one.in = place;
      return one.id === "good" ? filed(one, "move") : moved(state, one);
    },
    copy(state, { place, file }) {
      const one = find(state, file);
      add(state, { ...one, in: place, of: one.of || one.id });
    },
  };

  const madeFolder = (one) => ({ did: "made-folder", in: one.in, name: isCpasName(one.name) ? "cpas" : one.name });

  function bin(state, id) {
    const one = find(state, id);
    Object.assign(one, { was: one.in, in: "bin" });
    leave(state);
    return { did: "binned", file: id };
  }

  function restore(state, id) {
    const one = find(state, id);
    one.in = one.was;
    leave(state);
    return { did: "restored", file: id };
  }

  /** Plug the stick in, or pull it out: nothing on it is lost either way. */
  function stick(state) {
    const safely = state.stick === "safe";
    const has = hasCopy(state);
    state.stick = state.stick === "out" ? "in" : "out";
    if (state.stick === "in") return null;
    leave(state);
    return (has || !safely) && { did: "took-stick", safely };
  }

  const hasCopy = (state) => state.nodes.some((one) => one.in === "usb" && (one.of || one.id) === "contract");

  /** What has gone is no longer picked; windows that show it go back or close. */
  function leave(state) {
    Object.assign(state, { picked: "", hasMenu: false });
    const isAway = (id) => way(state, id).some((one) => one.id === "bin" || (one.id === "usb" && state.stick !== "in"));
    if (state.folder !== "bin" && isAway(state.folder)) state.folder = "";
    if (state.file && isAway(state.file)) shut(state, "viewer");
  }

  return { wanted, nameOf, cpas, seeded, deeds, bin, restore, stick, hasCopy, leave };
}

export function show(state, program) {
  state.open = [...state.open.filter((one) => one !== program), program];
  state.hidden = state.hidden.filter((one) => one !== program);
  Object.assign(state, { picked: "", hasMenu: false, start: "" });
}

export function shut(state, program) {
  state.open = state.open.filter((one) => one !== program);
  if (program === "viewer") state.file = "";
  if (program === "text" && state.isKept) Object.assign(state, { text: "", isKept: false });
}
