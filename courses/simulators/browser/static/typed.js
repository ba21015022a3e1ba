/** What somebody typed in the bar: an address, or words to search. Forgiving: capitals, accents and one wrong letter do not count. */

// The name of the town in every screen language, and how the lessons call it.
const TOWN = ["exampletown", "ville-exemple", "voorbeeldstad", "beispielstadt", "town", "ville", "stad", "stadt", "cpas", "ocmw", "oshz"];

const WORDS = {
  name: ["exampletown", "exemple", "voorbeeldstad", "beispielstadt", "مثال"],
  town: ["town", "ville", "commune", "maison", "stad", "gemeente", "stadt", "gemeinde", "rathaus", "hall", "مدينة", "بلدية", "بلدة", "громад", "міст", "мерія", "belediye", "شهر", "شاروالی", "ښار", "ከተማ", "ምምሕዳር"],
  hours: ["opening", "open", "hours", "heure", "horaire", "ouverture", "ouvert", "openingsuren", "uren", "offnungszeiten", "offen", "geoffnet", "zeiten", "فتح", "دوام", "ساعات", "مواعيد", "اوقات", "годин", "відкрит", "робот", "saat", "açık", "ساعت", "کار", "باز", "ሰዓት", "ስራሕ", "ክፉት"],
  cpas: ["cpas", "ocmw", "oshz", "oeshz", "social", "sociaal", "sozial", "help", "aide", "hulp", "hilfe", "مساعدة", "اجتماعي", "допомог", "соціальн", "yardım", "yardim", "sosyal", "کمک", "مرسته", "ټولنیز", "ሓገዝ", "ማሕበራዊ"],
};

export function hostOf(text) {
  return text.trim().toLowerCase().replace(/^https?:\/\//, "").replace(/^www\./, "").replace(/[/?#].*$/, "").replace(/[.,]+$/, "");
}

/** An address has a dot, no space and no @. */
export const isAddress = (text) => /^[^\s@]+\.[^\s@]+$/.test(text.trim());

export const isTown = (host) => TOWN.some((name) => host === `${name}.example`);

/** {name, town, hours, cpas: whether they were among the words, count: how many words there were} */
export function understand(text) {
  const typed = text.split(/[\s,;+]+/).map(bare).filter(Boolean);
  const has = (group) => WORDS[group].some((word) => typed.some((one) => isNear(one, bare(word))));
  return { name: has("name"), town: has("name") || has("town"), hours: has("hours"), cpas: has("cpas"), count: typed.length };
}

/** No capitals, no accents, no sign between, no letter twice. */
function bare(word) {
  return word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase().replace(/ß/g, "s").replace(/(.)\1+/gu, "$1");
}

function isNear(typed, word) {
  if (typed.includes(word)) return true;
  return word.length > 4 && isOneEditAway(typed, word);
}

function isOneEditAway(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const rest = (text, from) => text.slice(from);
  return rest(one, at + 1) === rest(other, at + 1) || rest(one, at) === rest(other, at + 1) || rest(one, at + 1) === rest(other, at);
}
