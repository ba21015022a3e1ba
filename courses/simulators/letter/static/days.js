/** Days as "2027-01-12", months as "2027-01". */

const at = (iso) => new Date(`${iso}T00:00:00Z`);
const iso = (date) => date.toISOString().slice(0, 10);
const DAY = 24 * 60 * 60 * 1000;

export function addDays(day, days) {
  return iso(new Date(at(day).getTime() + days * DAY));
}

export function daysBetween(from, to) {
  return (at(to) - at(from)) / DAY;
}

/** The same day so many months later; where that month has no such day, its last one. */
export function addMonths(day, months) {
  const [year, month, number] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return iso(new Date(Date.UTC(year, month - 1 + months, Math.min(number, last))));
}

/** The weeks of a month, Monday first; null where a week has a day of another month. */
export function weeksOf(month) {
  const first = `${month}-01`;
  const before = (at(first).getUTCDay() + 6) % 7;
  const count = daysBetween(first, addMonths(first, 1));
  return Array.from({ length: Math.ceil((before + count) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => {
      const number = week * 7 + weekday - before;
      return number >= 0 && number < count ? addDays(first, number) : null;
    }),
  );
}

/** How a language writes a day. Numbers stay 0-9, which is what stands on Belgian papers. */
export function writer(language, style) {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : `${language}-u-nu-latn`, { ...style, timeZone: "UTC" });
  return (day) => format.format(at(day));
}
