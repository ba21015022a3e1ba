/** What to press next, for every goal from every state: one step, found anew each time from what is on the screen. */
import { find, front, matches, way } from "./files.js";

export function planner({ t }, { wanted, nameOf, cpas, hasCopy }) {
  const pick = (state, part) => (state.picked === part ? "open" : part);

  /** Away with what lies over the windows. */
  function cleared(state) {
    if (state.isOff) return "power-on";
    if (state.dialog) return "cancel";
    return state.start ? "start" : null;
  }

  /** Bring this program to the front; its icon is free to press only when no window lies over the desk. */
  function reach(state, program, icon = program) {
    const top = front(state);
    if (cleared(state) || top === program) return cleared(state);
    if (state.open.includes(program)) return `task-${program}`;
    return top ? `hide-${top}` : pick(state, `icon-${icon}`);
  }

  function enter(state, id) {
    const place = way(state, id).at(-1).id;
    if (place === "usb" && state.stick !== "in") return cleared(state) || "stick";
    const before = reach(state, "files", place);
    if (before || state.folder === id) return before;
    const nearer = way(state, id).find((one) => one.in === state.folder);
    return nearer ? pick(state, `row-${nearer.id}`) : "up";
  }

  /** A line of the menu behind “…”. Out of the bin a file must come first. */
  function choose(state, id, deed) {
    const from = find(state, id).in;
    const line = from === "bin" ? "restore" : deed;
    return enter(state, from) || (state.hasMenu && state.picked === `row-${id}` ? line : `more-${id}`);
  }

  function openFile(state, id) {
    const from = find(state, id).in;
    return from === "bin" ? choose(state, id, "restore") : enter(state, from) || pick(state, `row-${id}`);
  }

  /** The dialog for this, filled in and confirmed; null when it is not open. */
  function fillIn(state, kind, file, { name, place }) {
    const { dialog } = state;
    if (dialog?.kind !== kind || dialog.file !== file) return null;
    if (name && !matches(dialog.name, name)) return { part: "name", text: name };
    return place && dialog.place !== place ? `to-${place}` : "ok";
  }

  const move = (state, id, place) => {
    // It is there already (the goal stands twice in the task): out and in again.
    const to = find(state, id).in === place ? "documents" : place;
    return fillIn(state, "move", id, { place: to }) || choose(state, id, "move");
  };
  const rename = (state, id, name) => fillIn(state, "rename", id, { name }) || choose(state, id, "rename");
  const makeFolder = (state) => fillIn(state, "folder", "documents", { name: t("cpas") }) || enter(state, "documents") || "new-folder";

  const steps = {
    "save-file": (state, goal) => {
      const dialog = state.text.trim() && fillIn(state, "save", "", { name: wanted(goal), place: "documents" });
      return dialog || reach(state, "text") || (state.text.trim() ? "save" : { part: "sheet", text: t("rent_line") });
    },
    "find-file": (state, goal, goals) => {
      return state.saved ? openFile(state, state.saved) : steps["save-file"](state, goals.find((one) => one.goal === "save-file"));
    },
    "rename-file": (state, goal) => rename(state, "scan", wanted(goal)),
    "restore-file": (state) => choose(state, "lost", "bin"),
    "delete-file": (state) => choose(state, "list", "bin"),
    "make-folder": makeFolder,
    "move-file": (state) => (cpas(state) ? move(state, "contract", cpas(state).id) : makeFolder(state)),
    "find-download": (state) => openFile(state, "download"),
    "copy-to-usb": (state) => {
      if (!hasCopy(state) && state.stick === "in") return fillIn(state, "copy", "contract", { place: "usb" }) || choose(state, "contract", "copy");
      return cleared(state) || (state.stick === "in" ? "eject" : "stick");
    },
    "save-attachment": (state) => {
      const name = state.dialog?.name.trim() || t("appointment_file");
      return fillIn(state, "attach", "", { name, place: "documents" }) || reach(state, "mail") || "attachment";
    },
    "close-window": (state) => {
      const top = front(state);
      if (cleared(state)) return cleared(state);
      return top ? `close-${top}` : state.open.length ? `task-${state.open[0]}` : pick(state, "icon-documents");
    },
    "shut-down": (state) => (state.start === "power" ? "shut-down" : state.start ? "power" : cleared(state) || "start"),
    "choose-good-photo": (state) => {
      return !cleared(state) && front(state) === "viewer" && state.file === "good" ? "send" : openFile(state, "good");
    },
    "photos-in-folder": (state, goal) => {
      return matches(nameOf(find(state, "good")), wanted(goal)) ? move(state, "good", "papers") : rename(state, "good", wanted(goal));
    },
  };

  return (state, goal, goals) => steps[goal.goal](state, goal, goals);
}
