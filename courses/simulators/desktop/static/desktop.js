/** A computer's desk: icons, windows, a task bar, dialogs to save and to move, a stick. At phone width windows fill it. */
import { Icon, drags, html } from "../kit.js";
import { NAMES, PROGRAMS, fileroom, find, front, inside, isFile, show, shut, way } from "./files.js";
import { planner } from "./plan.js";
import { Paper, Photo } from "./sheets.js";

const LONG_PRESS = 500; // milliseconds a finger rests before it asks for the menu
const SIGNS = { documents: "folder", downloads: "download", pictures: "picture", text: "pen", mail: "mail", viewer: "eye", files: "folder", paper: "file", photo: "picture" };
const DIALOGS = {
  save: { title: "save_as", deed: "save", hasName: true, hasPlace: true },
  attach: { title: "save_as", deed: "save", hasName: true, hasPlace: true },
  rename: { title: "rename", deed: "ok", hasName: true },
  folder: { title: "new_folder", deed: "ok", hasName: true },
  move: { title: "move", deed: "move", hasPlace: true },
  copy: { title: "copy", deed: "copy", hasPlace: true },
};

export default function desktop(kit, task) {
  const { t, spoken, Word, Text, Button, Field } = kit;
  const room = fileroom(kit, task);
  const next = planner(kit, room);
  const asks = (kind) => task.goals.some((goal) => goal.goal === kind);
  const finger = { isDown: false, since: 0 }; // since: the last press of any kind, 0 before the first

  // Names ────────────────────────────────────────────────────────────────────

  const Name = ({ one }) => (one.name ? html`<span dir="auto">${one.name}</span>` : html`<${Word} k=${one.k} />`);
  const said = (one) => one.name ?? spoken(one.k);
  const sign = (kind) => html`<span class=${`desk-sign desk-sign--${kind}`}><${Icon} name=${SIGNS[kind] || kind} /></span>`;

  function titleOf(state, program) {
    const one = program === "files" ? find(state, state.folder) : program === "viewer" && find(state, state.file);
    return one || { k: program };
  }

  // Deeds ────────────────────────────────────────────────────────────────────

  const icons = (state) => ["documents", "downloads", "pictures", "text", asks("save-attachment") && "mail", state.stick === "in" && "usb", "bin"].filter(Boolean);

  function open(state, id) {
    const one = find(state, id);
    if (!one) return show(state, id);
    if (!isFile(one)) {
      state.folder = id;
      return show(state, "files");
    }
    if (one.in === "bin") return void Object.assign(state, { picked: `row-${id}`, hasMenu: true });
    state.file = id;
    show(state, "viewer");
    return { did: `opened-${id === state.saved ? "saved" : id}` };
  }

  const request = (act, dialog) => act.touch((state) => Object.assign(state, { dialog: { name: "", place: "", file: "", ...dialog }, picked: "", hasMenu: false }));

  function confirm(state) {
    const { dialog } = state;
    const { hasName } = DIALOGS[dialog.kind];
    dialog.name = dialog.name.trim();
    dialog.isWrong = hasName && !dialog.name;
    if (dialog.isWrong) return null;
    const report = room.deeds[dialog.kind](state, dialog);
    room.leave(state);
    state.dialog = null;
    return report;
  }

  function drop(act, id, to) {
    act.change((state) => {
      const one = find(state, id);
      if (one.in === "bin" || one.in === to) return null;
      const report = to === "bin" ? room.bin(state, id) : room.deeds.move(state, { file: id, place: to });
      room.leave(state);
      return report;
    });
  }

  /** A press picks, a second opens, and so does one of a finger; a finger that rests asks for the menu. */
  function pressed(act, part, id, { event, isPicked, canMenu }) {
    const isFinger = finger.isDown && event.detail > 0;
    finger.isDown = false;
    if (isFinger && canMenu && event.timeStamp - finger.since > LONG_PRESS) return menu(act, part);
    if (isFinger || isPicked) return act.change((state) => open(state, id));
    return act.touch((state) => Object.assign(state, { picked: part, hasMenu: false }));
  }

  function menu(act, part) {
    act.touch((state) => Object.assign(state, { hasMenu: state.picked !== part || !state.hasMenu, picked: part }));
  }

  // The desk ─────────────────────────────────────────────────────────────────

  function view(state, act) {
    if (state.isOff) return html`<div class="desk-off"><${Button} part="power-on" k="switch_on" icon="power" data-focus onClick=${() => act.change((now) => void (now.isOff = false))} /></div>`;
    const top = front(state);
    const windows = PROGRAMS.filter((one) => state.open.includes(one)); // drawn in one order: what moves loses the focus
    const isCovered = Boolean(state.dialog);
    const watch = (event) => Object.assign(finger, { isDown: event.pointerType && event.pointerType !== "mouse", since: event.timeStamp });
    const beside = (event) => state.start && !event.target.closest(".desk-start") && act.touch((now) => void (now.start = ""));
    const key = (event) => watch(event) && event.key === "Escape" && act.touch(escape);
    return html`<div class="desk" onPointerDownCapture=${watch} onKeyDown=${key}>
      ${note(state, act.current)}
      <div class="desk-area" data-top=${top} data-big=${top && state.big.includes(top)} onClick=${beside}>
        <div class="desk-icons" inert=${isCovered} data-focus=${(!top && !isCovered) || undefined} tabindex="-1">${icons(state).map((id) => icon(state, act, id))}</div>
        ${windows.filter((one) => !state.hidden.includes(one)).map((one) => frame(state, act, one, one === top && !isCovered))}
        ${state.start && startMenu(state, act)}
        ${state.dialog && dialog(state, act)}
      </div>
      <div class="desk-bar" inert=${isCovered}>
        <${Button} part="start" k="start" icon="menu" kind="main" aria-expanded=${Boolean(state.start)} onClick=${() => act.touch((now) => Object.assign(now, { start: now.start ? "" : "start" }))} />
        ${windows.map((one) => taskButton(state, act, one, one === top))}
        ${state.stick === "in" && html`<${Button} part="eject" k="eject" icon="usb" onClick=${() => act.change((now) => ((now.stick = "safe"), room.leave(now)))} />`}
      </div>
      ${asks("copy-to-usb") && html`<div class="desk-side" inert=${isCovered}><${Button} part="stick" k=${state.stick === "out" ? "plug_in" : "pull_out"} icon="usb" onClick=${() => act.change(room.stick)} />
        <p role="status">${state.stick === "safe" && html`<${Word} k="stick_is_safe" />`}</p></div>`}
    </div>`;
  }

  function escape(state) {
    Object.assign(state, { dialog: null, start: "", picked: "", hasMenu: false });
  }

  /** The yellow note: the name that the goal asks for, in the screen language. */
  function note(state, goal) {
    if (!NAMES[goal?.goal]) return null;
    const name = goal.goal === "find-file" && state.saved ? room.nameOf(find(state, state.saved)) : room.wanted(goal);
    return html`<p class="desk-note"><${Word} k="note" /> <b>${name}</b></p>`;
  }

  function icon(state, act, id) {
    const part = `icon-${id}`;
    const isPicked = state.picked === part;
    return html`<div class="desk-icon" key=${id}>
      <button type="button" class="desk-item" data-part=${part} data-drop=${find(state, id) && id} aria-pressed=${isPicked} onClick=${(event) => pressed(act, part, id, { event, isPicked })}>${sign(id)}<${Word} k=${id} /></button>
      ${isPicked && html`<${Button} part="open" k="open" kind="main" onClick=${() => act.change((now) => open(now, id))} />`}
    </div>`;
  }

  function taskButton(state, act, program, isTop) {
    const title = titleOf(state, program);
    const press = (now) => (isTop ? now.hidden.push(program) : show(now, program));
    return html`<button type="button" class="sim-button desk-task" key=${program} data-part=${`task-${program}`} aria-pressed=${isTop} aria-label=${said(title)} onClick=${() => act.change((now) => void press(now))}><${Icon} name=${SIGNS[program]} /></button>`;
  }

  function startMenu(state, act) {
    const isPower = state.start === "power";
    return html`<div class="desk-start" role="group" aria-label=${spoken("start")}>
      ${icons(state).filter((id) => id !== "bin").map((id) => html`<${Button} part=${`start-${id}`} k=${id} icon=${SIGNS[id] || id} kind="plain" onClick=${() => act.change((now) => open(now, id))} />`)}
      <${Button} part="power" icon="power" label="power" aria-expanded=${isPower} onClick=${() => act.touch((now) => void (now.start = isPower ? "start" : "power"))} />
      ${isPower && html`<${Button} part="shut-down" k="shut_down" icon="power" kind="main" onClick=${() => act.change(switchOff)} />`}
    </div>`;
  }

  function switchOff(state) {
    Object.assign(state, { isOff: true, open: [], hidden: [], start: "", picked: "", file: "" });
    return { did: "shut-down" };
  }

  /** The heading of what comes to the front is seen, and takes the focus along when that was on this screen. */
  function arrive(heading) {
    if (!heading || !finger.since) return;
    heading.scrollIntoView({ block: "nearest" });
    if (heading.closest(".practice__screen").contains(document.activeElement)) heading.focus({ preventScroll: true });
  }

  // Windows ──────────────────────────────────────────────────────────────────

  const insides = { files: filesWindow, text: textWindow, mail: mailWindow, viewer: viewerWindow };

  function frame(state, act, program, isFront) {
    const title = titleOf(state, program);
    const isBig = state.big.includes(program);
    const toggle = (now) => void (now.big = isBig ? now.big.filter((one) => one !== program) : [...now.big, program]);
    const behind = !isFront && !state.dialog && { onClick: () => act.touch((now) => show(now, program)) };
    return html`<section class=${`desk-window desk-window--${program}`} key=${program} aria-label=${said(title)} data-top=${front(state) === program || undefined} data-big=${isBig} style=${`z-index: ${state.open.indexOf(program) + 1}`} ...${behind || {}}>
      <div class="desk-inside" inert=${!isFront}>
        <header class="desk-title">
          <h3 key=${`${program} ${title.id} ${isFront}`} ref=${isFront && arrive} data-focus=${isFront || undefined} tabindex="-1"><${Icon} name=${SIGNS[program]} /><${Name} one=${title} /></h3>
          ${tool(`hide-${program}`, "minimise", "M6 18h12", () => act.change((now) => void now.hidden.push(program)))}
          ${tool(`big-${program}`, isBig ? "make_small" : "make_big", isBig ? "M5 10h9v9H5zM9 10V5h10v10h-5" : "M6 6h12v12H6z", () => act.change(toggle))}
          ${tool(`close-${program}`, "close", "M6 6l12 12M18 6L6 18", () => act.change((now) => (shut(now, program), { did: "closed" })))}
        </header>
        ${insides[program](state, act)}
      </div>
    </section>`;
  }

  function tool(part, word, path, press) {
    return html`<button type="button" class="desk-tool" data-part=${part} aria-label=${spoken(word)} onClick=${press}><svg class="sign" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d=${path} /></svg></button>`;
  }

  function filesWindow(state, act) {
    const { folder } = state;
    const go = (id) => () => act.change((now) => void open(now, id));
    const list = inside(state, folder).sort((one, other) => isFile(one) - isFile(other));
    const canMake = folder && folder !== "bin";
    const up = (now) => Object.assign(now, { folder: find(now, folder).in, picked: "", hasMenu: false });
    return html`<div class="sim-bar">
        ${folder && html`<${Button} part="up" k="up" icon="back" onClick=${() => act.change((now) => void up(now))} />`}
        ${canMake && html`<${Button} part="new-folder" k="new_folder" icon="plus" onClick=${() => request(act, { kind: "folder", file: folder })} />`}
      </div>
      <div class="desk-files">
        <nav class="desk-places" aria-label=${spoken("files")}>${inside(state, "").map(({ id }) => html`<button type="button" class="desk-item" key=${id} data-part=${`place-${id}`} data-drop=${id} aria-current=${way(state, folder).some((one) => one.id === id)} onClick=${go(id)}>${sign(id)}<${Word} k=${id} /></button>`)}</nav>
        <ul class="desk-list">${list.map((one) => row(state, act, one))}${!list.length && html`<li class="desk-empty"><${Word} k="empty" /></li>`}</ul>
      </div>`;
  }

  function row(state, act, one) {
    const part = `row-${one.id}`;
    const isPicked = state.picked === part;
    const isOpen = isPicked && state.hasMenu;
    const canMenu = Boolean(one.in);
    const ask = () => menu(act, part);
    const drag = isFile(one) ? drags((to) => drop(act, one.id, to)) : { "data-drop": one.id };
    const asked = (event) => {
      event.preventDefault();
      finger.isDown = false;
      if (canMenu && !isOpen) ask();
    };
    return html`<li key=${one.id} onContextMenu=${asked}>
      <button type="button" class="desk-item" data-part=${part} aria-pressed=${isPicked} onClick=${(event) => pressed(act, part, one.id, { event, isPicked, canMenu })} ...${drag}>
        ${one.kind === "photo" ? html`<span class="desk-thumb"><${Photo} state=${one.of || one.id} /></span>` : sign(one.kind)}<span class="desk-name"><${Name} one=${one} />${one.isNew && html`<em><${Word} k="today" /></em>`}</span></button>
      ${canMenu && html`<button type="button" class="desk-tool" data-part=${`more-${one.id}`} aria-expanded=${isOpen} aria-label=${`${spoken("more")}: ${said(one)}`} onClick=${ask}>…</button>`}
      ${isPicked && html`<div class="desk-menu" role="group" aria-label=${spoken("more")}>${lines(act, one, isOpen)}</div>`}
    </li>`;
  }

  /** The menu of a file; of one that is only picked, its first line. */
  function lines(act, one, isOpen) {
    const line = (part, icon, press) => html`<${Button} part=${part} k=${part === "bin" ? "delete" : part} icon=${icon} kind="plain" onClick=${press} />`;
    const { id: file } = one;
    if (one.in === "bin") return line("restore", "undo", () => act.change((state) => room.restore(state, file)));
    return html`${line("open", "eye", () => act.change((state) => open(state, file)))}
      ${isOpen && line("rename", "pen", () => request(act, { kind: "rename", file, name: room.nameOf(one) }))}
      ${isOpen && isFile(one) && html`${line("move", "folder", () => request(act, { kind: "move", file, place: one.in }))}
        ${line("copy", "file", () => request(act, { kind: "copy", file, place: one.in }))}
        ${line("bin", "bin", () => act.change((state) => room.bin(state, file)))}`}`;
  }

  function textWindow(state, act) {
    const write = (text) => act.change((now) => void Object.assign(now, { text, isKept: false }), { typing: "sheet" });
    return html`<div class="sim-bar"><${Button} part="save" k="save" icon="save" onClick=${() => request(act, { kind: "save", place: "downloads" })} />
        <span role="status">${state.isKept && html`<${Word} k="saved" />`}</span></div>
      <div class="sim-pad desk-sheet"><${Field} part="sheet" k="sheet" lines="5" value=${state.text} onInput=${write} /></div>`;
  }

  function mailWindow(state, act) {
    return html`<div class="sim-pad">
      <p><b><${Word} k="mail_subject" /></b></p>
      <p class="sim-hint"><${Word} k="from" /> ${t("cpas_address")}</p>
      <div><${Text} k="mail_text" /></div>
      <${Button} part="attachment" icon="clip" onClick=${() => request(act, { kind: "attach", name: t("appointment_file"), place: "downloads" })}><span class="word-pair"><span>${t("appointment_file")}</span><${Word} k="save" /></span><//>
    </div>`;
  }

  function viewerWindow(state, act) {
    const one = find(state, state.file);
    if (one.kind !== "photo") return html`<div class="desk-stage"><${Paper} one=${one} kit=${kit} /></div>`;
    const photo = one.of || one.id;
    const all = inside(state, one.in).filter(({ kind }) => kind === "photo");
    const turn = (by) => act.touch((now) => void (now.file = all.at((all.indexOf(one) + by) % all.length).id));
    return html`<div class="desk-stage"><${Photo} state=${photo} label=${spoken(`seen_${photo}`)} /></div>
      <div class="sim-bar">${all.length > 1 && html`<${Button} part="previous" icon="back" label="previous" onClick=${() => turn(-1)} /><${Button} part="following" icon="forward" label="following" onClick=${() => turn(1)} />`}
        ${asks("choose-good-photo") && html`<${Button} part="send" k="send_photo" icon="send" kind="main" onClick=${() => act.change((now) => send(now, photo))} />`}
        <span role="status">${state.sent === photo && html`<${Word} k="sent_photo" />`}</span></div>`;
  }

  function send(state, photo) {
    if (photo === "good") state.sent = photo;
    return { did: "sent-photo", light: photo !== "dark", whole: photo !== "cut" };
  }

  // Dialogs ──────────────────────────────────────────────────────────────────

  function dialog(state, act) {
    const { kind, name, place, isWrong } = state.dialog;
    const { title, hasName, hasPlace, deed } = DIALOGS[kind];
    const done = () => act.change(confirm);
    const cancel = () => act.touch(escape);
    const folders = state.nodes.filter((one) => !isFile(one) && way(state, one.id).every(({ id }) => id !== "bin" && (id !== "usb" || state.stick === "in")));
    const ordered = folders.filter((one) => !one.in).flatMap((one) => [one, ...folders.filter((each) => each.in && way(state, each.id).at(-1) === one)]);
    return html`<div class="desk-veil"><section class="desk-dialog" role="dialog" aria-modal="true" aria-labelledby="desk-ask">
      <header class="desk-title"><h3 id="desk-ask" key=${kind} ref=${arrive} data-focus tabindex="-1"><${Word} k=${title} /></h3>${tool("cancel-x", "cancel", "M6 6l12 12M18 6L6 18", cancel)}</header>
      <div class="sim-pad">
        ${hasName && html`<${Field} part="name" k=${kind === "folder" ? "name" : "file_name"} value=${name} error=${isWrong && "type_a_name"} onInput=${(typed) => act.change((now) => void (now.dialog.name = typed), { typing: "name" })} onEnter=${done} />`}
        ${hasPlace && html`<div class="desk-choice" role="group" aria-labelledby="desk-where"><p id="desk-where"><b><${Word} k="where" /></b></p>${ordered.map((one) => html`<button type="button" class="desk-item" key=${one.id} data-part=${`to-${one.id}`} data-deep=${way(state, one.id).length - 1} aria-pressed=${place === one.id} onClick=${() => act.touch((now) => void (now.dialog.place = one.id))}>${sign(one.kind)}<${Name} one=${one} /></button>`)}</div>`}
        <div class="desk-ends"><${Button} part="ok" k=${deed} kind="main" onClick=${done} /><${Button} part="cancel" k="cancel" onClick=${cancel} /></div>
      </div>
    </section></div>`;
  }

  return {
    view,
    next: (state, goal) => next(state, goal, task.goals),
    start({ goals, met }) {
      const first = goals.find((goal) => !met.includes(goal));
      const isOpen = first?.goal === "close-window" || first?.goal === "save-attachment";
      return {
        ...room.seeded(met),
        made: 0, isOff: false, stick: "out", sent: "", text: "", isKept: false, folder: "", file: "", picked: "", hasMenu: false, start: "", dialog: null,
        open: isOpen ? [first.goal === "close-window" ? "text" : "mail"] : [], hidden: [], big: [],
      };
    },
  };
}
