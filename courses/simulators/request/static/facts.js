/** What needs no screen: dates, phone numbers, and whether an answer agrees with the papers. */
import { latinDigits } from "../guard.js";

const MONTHS = ["en", "fr", "nl", "de", "ar", "uk", "tr", "fa"].flatMap((language) =>
  Array.from({ length: 12 }, (_, month) => ({ number: month + 1, name: simple(dateIn(language, { month: "long" })(`2001-${two(month + 1)}-15`)) })),
);

/** No accents, capitals or signs: what people leave out without being wrong. */
export function simple(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** 5/3/1990, 05-03-1990, 05031990, 5 mars 1990 … as "1990-03-05"; null when it is no day of the calendar. */
export function readDate(text) {
  const plain = simple(latinDigits(text));
  const found = plain.match(/^(\d{1,2})(?:er|e|st|nd|rd|th)? (\d{1,2}|\p{L}+) (\d{4})$/u) || plain.match(/^(\d\d)(\d\d)(\d{4})$/);
  if (!found) return null;
  const [, day, month, year] = found;
  const iso = `${year}-${two(/\d/.test(month) ? month : monthNamed(month))}-${two(day)}`;
  const date = new Date(`${iso}T00:00:00Z`);
  // “31 February” would silently become a day of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}

function monthNamed(word) {
  const numbers = new Set(MONTHS.filter(({ name }) => word.length > 2 && name.startsWith(word)).map(({ number }) => number));
  return numbers.size === 1 ? [...numbers][0] : 0; // “jui” may be two months
}

function two(number) {
  return String(number).padStart(2, "0");
}

/** As it is dialled in Belgium, "0400000014"; null when it is no phone number. */
export function readPhone(text) {
  if (/\p{L}/u.test(text)) return null;
  const dialled = latinDigits(text).replace(/[^\d+]/g, "").replace(/^(\+32|0032)0?/, "0");
  return /^0\d{8,9}$/.test(dialled) ? dialled : null;
}

// Days ───────────────────────────────────────────────────────────────────────

/** A way to write "1990-03-05" in a language. */
export function dateIn(language, style = { weekday: "long", day: "numeric", month: "long", year: "numeric" }) {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : `${language}-BE`, { ...style, timeZone: "UTC" });
  return (iso) => format.format(new Date(`${iso}T00:00:00Z`));
}

export function today() {
  const now = new Date();
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export function addDays(iso, days) {
  const date = new Date(`${iso}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The day that counts: a Saturday, a Sunday or a public holiday counts as the next working day. */
export function workingDay(date, holidays = []) {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const isFree = weekday === 0 || weekday === 6 || holidays.includes(date);
  return isFree ? workingDay(addDays(date, 1), holidays) : date;
}

// Answers ────────────────────────────────────────────────────────────────────

const YES_NO = ["yes", "no", "dont-know"];

/** Screens that are answered by choosing. `agree`: what the papers say; without it every answer is good; `usual` is an answer that is. */
export const CHOICES = {
  need: { options: ["money", "housing", "food", "health", "bills", "other"], isMany: true, usual: ["housing"] },
  ways: { options: ["phone", "mail", "letter"], isMany: true, usual: ["phone", "mail"] },
  language: { options: ["fr", "nl", "de", "en", "ar", "other"], usual: "fr" },
  interpreter: { options: YES_NO, usual: "yes" },
  hours: { options: ["morning", "afternoon"], isMany: true, isOptional: true, usual: ["morning"] },
  people: { options: ["1", "2", "3", "4", "5", "dont-know"], agree: ["2", "dont-know"], usual: "2" },
  children: { options: YES_NO, agree: ["yes", "dont-know"], usual: "yes" },
  work: { options: YES_NO, agree: ["no", "dont-know"], usual: "no" },
  rent: { options: YES_NO, agree: ["yes", "dont-know"], usual: "yes" },
};

const FIELDS = { town: ["town"], name: ["last", "first"], born: ["born"], address: ["street", "number"], words: ["words"] };

export function fieldsOf(screen, answers) {
  return screen === "contact" ? ["phone", "mail"].filter((way) => answers.ways.includes(way)) : FIELDS[screen] || [];
}

/** What is not right on a screen: [{part, error (a word), kind (of mistake)}]. */
export function problems(screen, answers, card) {
  if (screen === "files") return answers.files.includes("photo") ? [{ part: "remove-photo", error: "error.photo", kind: "wrong-file" }] : [];
  const choice = CHOICES[screen];
  if (choice) return choiceProblems(screen, choice, answers[screen]);
  return fieldsOf(screen, answers).flatMap((part) => {
    const kind = fieldProblem(part, answers[part], card);
    return kind ? [{ part, error: `error.${kind}`, kind }] : [];
  });
}

function choiceProblems(screen, { isOptional, agree }, answer) {
  if (!isOptional && !answer.length) return [{ part: screen, error: "error.choose", kind: "missing" }];
  return agree && !agree.includes(answer) ? [{ part: screen, error: "error.differs-from-card", kind: "differs-from-card" }] : [];
}

function fieldProblem(part, answer, card) {
  if (!answer.trim()) return "missing";
  if (part === "words") return null;
  if (part === "born" && !readDate(answer)) return "bad-date";
  if (part === "phone" && !readPhone(answer)) return "bad-phone";
  return agrees(part, answer, card) ? null : "differs-from-card";
}

function agrees(part, answer, card) {
  if (part === "born") return readDate(answer) === readDate(card.born);
  if (part === "phone") return readPhone(answer) === readPhone(card.phone);
  if (part === "mail") return answer.replace(/\s/g, "").toLowerCase() === card.mail;
  const found = simple(latinDigits(answer));
  if (part === "town") return [card.town, card.postcode, `${card.postcode} ${card.town}`].map(simple).includes(found);
  return found === simple(card[part]);
}
