/**
 * Which sign stands on which key, and which key to press next for a sign.
 *
 * A key is written as its signs: alone, with Shift, with AltGr. A letter alone stands for both its sizes.
 */

const LETTER = /^\p{L}$/u;

/** Signs that wait for the next letter, and the accent they put on it. */
export const MARKS = { "`": "\u0300", "´": "\u0301", "'": "\u0301", "^": "\u0302", "~": "\u0303", "¨": "\u0308", '"': "\u0308" };

/** What a phone offers when a letter is held. */
export const VARIANTS = { a: "àâäá", c: "ç", e: "éèêë", i: "îïí", n: "ñ", o: "ôöó", u: "ùûüú", y: "ÿ" };

const WORKING = ["shift", "shift-right", "caps", "altgr", "tab", "enter", "backspace"];

/** Quotes and backslashes in a `data-part` would trip whoever looks for it. */
const idOf = (sign) => (/[\p{L}\p{N}]/u.test(sign) ? sign : `u${sign.codePointAt(0).toString(16)}`);

function signKey(written, width) {
  const [plain, ...others] = written;
  const signs = others.length || !LETTER.test(plain) ? [plain, ...others] : [plain, plain.toUpperCase()];
  return { id: idOf(plain), signs, width, isLetter: plain.toUpperCase() === signs[1] };
}

const signKeys = (written, width) => written.split(" ").map((one) => signKey(one, width));
const special = (id, width, more) => ({ id, width, isWorking: WORKING.includes(id), ...more });
const space = (width) => ({ id: "space", signs: [" "], width });
const page = (name, width) => ({ id: name, width, page: name });

const LAST_ROW = [special("ctrl", 6), special("win", 5), special("alt", 5), space(25), special("altgr", 6), special("menu", 5), special("ctrl", 8)];

// Belgium. A key of one unit is 4 columns wide, a row is 60.
const AZERTY = [
  [...signKeys("²³ &1| é2@ \"3# '4 (5 §6 è7 !8 ç9{ à0} )° -_", 4), special("backspace", 8)],
  [special("tab", 6), ...signKeys("a z eE€ r t y u i o p ^¨[ $*]", 4), special("enter", 5, { isTall: true })],
  [special("caps", 7), ...signKeys("q s d f g h j k l m ù%´ µ£`", 4)],
  [special("shift", 5), ...signKeys("<>\\ w x c v b n ,? ;. :/ =+~", 4), special("shift-right", 11)],
  LAST_ROW,
];

// United States, with the dead keys of its international form.
const QWERTY = [
  [...signKeys("`~ 1! 2@ 3# 4$ 5%€ 6^ 7& 8* 9( 0) -_ =+", 4), special("backspace", 8)],
  [special("tab", 6), ...signKeys("q w eEé r t y uUú iIí oOó p [{ ]}", 4), signKey("\\|", 6)],
  [special("caps", 7), ...signKeys("aAá s d f g h j k l ;: '\"", 4), special("enter", 9)],
  [special("shift", 9), ...signKeys("z x c v b nNñ m ,<ç .> /?", 4), special("shift-right", 11)],
  LAST_ROW,
];

// A key is 2 columns wide, a row is 20.
const phonePage = (first, second, left, third, leftBelow) => [
  signKeys(first, 2),
  signKeys(second, 2),
  [left, ...signKeys(third, 2), special("backspace", 3)],
  [leftBelow, signKey(",", 2), space(8), signKey(".", 2), special("enter", 4)],
];

const PHONE = {
  letters: phonePage("a z e r t y u i o p", "q s d f g h j k l m", special("shift", 3), "w x c v b n '", page("numbers", 4)),
  numbers: phonePage("1 2 3 4 5 6 7 8 9 0", "@ # € _ & - + ( ) /", page("signs", 3), "* \" ' : ; ! ?", page("letters", 4)),
  signs: phonePage("~ ` | ^ ° = { } [ ]", "£ $ § ² ³ µ % \\ < >", page("numbers", 3), "« » • … ¨ ´ ×", page("letters", 4)),
};

const layout = (pages, columns, dead = "") => ({ pages, columns, dead, spots: spotsOf(pages) });

/** {sign: [where it stands]} */
function spotsOf(pages) {
  const spots = new Map();
  for (const [name, rows] of Object.entries(pages)) {
    for (const { id, signs = [], isLetter } of rows.flat()) {
      signs.forEach((sign, layer) => spots.set(sign, [...(spots.get(sign) || []), { page: name, id, layer, isLetter }]));
    }
  }
  return spots;
}

export const LAYOUTS = {
  azerty: layout({ letters: AZERTY }, 60, "^¨´`~"),
  qwerty: layout({ letters: QWERTY }, 60, "^\"'`~"),
  phone: layout(PHONE, 20),
};

/** The sign this key makes now; undefined when there is none with AltGr. */
export function signOf(key, { shift, caps, altgr }) {
  if (altgr) return key.signs[2];
  const isUp = key.isLetter ? shift !== caps : shift;
  return (isUp && key.signs[1]) || key.signs[0];
}

/** The next key to press for this sign: a part, {part, how}, or null when the keyboard lacks it. */
export function reach(state, sign) {
  const [base, mark] = sign.normalize("NFD");
  if (!state.dead) return toSpot(state, sign) || toDeadKey(state, base, mark) || toVariant(state, base, sign);
  if (sign === state.dead) return "key-space";
  return mark && mark === MARKS[state.dead] ? toSpot(state, base) : "key-backspace";
}

function toSpot(state, sign) {
  const spots = LAYOUTS[state.layout].spots.get(sign);
  if (!spots) return null;
  const spot = spots.find((one) => one.page === state.page) || spots[0];
  if (spot.page !== state.page) return toPage(state, spot.page);
  if (state.altgr !== (spot.layer === 2)) return "key-altgr";
  const isUp = spot.isLetter ? state.shift !== state.caps : state.shift;
  return spot.layer === 2 || isUp === (spot.layer === 1) ? `key-${spot.id}` : "key-shift";
}

function toPage(state, name) {
  const hasKey = LAYOUTS[state.layout].pages[state.page].flat().some((key) => key.page === name);
  return `key-${hasKey ? name : "numbers"}`;
}

function toDeadKey(state, base, mark) {
  const dead = [...LAYOUTS[state.layout].dead].find((sign) => mark && MARKS[sign] === mark);
  return dead && LAYOUTS[state.layout].spots.has(base) ? toSpot(state, dead) : null;
}

function toVariant(state, base, sign) {
  const letter = base.toLowerCase();
  if (state.layout !== "phone" || !VARIANTS[letter]?.includes(sign.toLowerCase())) return null;
  if (state.more === letter && state.shift === (sign !== sign.toLowerCase())) return `more-${sign}`;
  const key = toSpot(state, base);
  return key === `key-${letter}` ? { part: key, how: "right" } : key;
}
