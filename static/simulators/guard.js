/**
 * Finds numbers that look like somebody's own, so that a simulator can refuse them on the spot.
 *
 * It errs on the safe side: a number that only looks real is refused too. What it finds is never kept.
 */

const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966]; // Arabic, Persian and Pashto, Devanagari

/** Latin digits for Arabic and Persian ones, and no invisible marks of direction. */
export function latinDigits(text) {
  return text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g, "").replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (sign) => {
    const code = sign.codePointAt(0);
    return String(code - DIGIT_ZEROS.find((zero) => code >= zero && code < zero + 10));
  });
}

/** Belgian National Register number, 11 digits: date of birth, order, 97 minus the rest of the first nine by 97. */
export function isNationalNumber(digits) {
  if (digits.length !== 11) return false;
  let month = Number(digits.slice(2, 4));
  // A “bis” number, for who is not in the register, adds 20 (sex unknown) or 40 to the month.
  if (month >= 40) month -= 40;
  else if (month >= 20) month -= 20;
  const day = Number(digits.slice(4, 6));
  if (month > 12 || day > 31) return false; // month or day 00: the date is not known
  const check = Number(digits.slice(9));
  const first = digits.slice(0, 9);
  return check === 97 - (Number(first) % 97) || check === 97 - (Number(`2${first}`) % 97);
}

const IBAN_LENGTHS = { AT: 20, BE: 16, BG: 22, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22, GR: 27, HR: 21, HU: 28, IE: 22, IT: 27, LT: 20, LU: 20, LV: 21, MT: 31, NL: 18, NO: 15, PL: 28, PT: 25, RO: 24, SE: 24, SI: 19, SK: 24, TR: 26, UA: 29 };

/** ISO 13616: the country's length, and rest 1 by 97 with the first four signs put last and letters as numbers. */
export function isIban(compact) {
  const text = compact.toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const length = IBAN_LENGTHS[text.slice(0, 2)];
  if (length && length !== text.length) return false;
  let rest = 0;
  for (const sign of text.slice(4) + text.slice(0, 4)) rest = Number(`${rest}${parseInt(sign, 36)}`) % 97;
  return rest === 1;
}

/** Belgian numbers as they are dialled, and any number with a country code. */
export function isPhone(written) {
  const plain = written.replace(/[^\d+]/g, "").replace(/^00/, "+").replace(/^\+320/, "+32");
  const national = plain.startsWith("+32") ? `0${plain.slice(3)}` : plain;
  if (/^0[1-9]\d{7}$/.test(national)) return true; // a fixed line
  if (/^04[5-9]\d{7}$/.test(national)) return true; // a mobile phone
  return /^\+[1-9]\d{8,14}$/.test(plain) && !plain.startsWith("+32");
}

const NATIONAL = /(?<!\d)\d{2}[ .\-/]?\d{2}[ .\-/]?\d{2}[ .\-/]{0,3}\d{3}[ .\-/]?\d{2}(?!\d)/g;
const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ .\-]?[A-Za-z0-9]){11,30}/g;
const PHONE = /(?<![\d.])(?:\+|00)?\d(?:[ .\-/()]{0,3}\d){7,14}(?!\d)/g;

/**
 * Why this text may not stand in an exercise: "national-number", "iban", "phone", or null.
 * `allowed` are phone numbers of the made-up person.
 */
export function refusal(typed, allowed = []) {
  const text = latinDigits(typed);
  if ((text.match(NATIONAL) || []).some((found) => isNationalNumber(found.replace(/\D/g, "")))) return "national-number";
  if ((text.match(IBAN) || []).some(hasIban)) return "iban";
  const fine = allowed.map(asDialled);
  // While it is being typed, the beginning of the card's number looks like a shorter one.
  const isTheirs = (found) => isPhone(found) && !fine.some((number) => number.startsWith(asDialled(found)));
  return (text.match(PHONE) || []).some(isTheirs) ? "phone" : null;
}

/** The words after an IBAN are caught by the pattern too: every start of it is tried. */
function hasIban(found) {
  const compact = found.replace(/[ .\-]/g, "");
  for (let length = 15; length <= compact.length; length += 1) if (isIban(compact.slice(0, length))) return true;
  return false;
}

function asDialled(phone) {
  return phone.replace(/[^\d+]/g, "").replace(/^(\+32|0032)0?/, "0");
}
