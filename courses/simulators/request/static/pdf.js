/**
 * A small tagged PDF of one page. `lines`, each no wider than the page: [{tag: "H1" or "P", text, size, bold, gap}].
 * Its letters are those of Western Europe, which all screen languages are written in.
 */

const [WIDE, HIGH, MARGIN] = [595, 842, 56]; // A4 in points
const FIRST_ELEMENT = 10;
const BEYOND_LATIN_1 = { "„": 0x84, "’": 0x92, "“": 0x93, "”": 0x94, "–": 0x96, "œ": 0x9c };

export function pdf({ title, language, lines }) {
  const content = page(lines);
  const refs = lines.map((_, at) => `${FIRST_ELEMENT + at} 0 R`).join(" ");
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /Lang (${language}) /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R /ViewerPreferences << /DisplayDocTitle true >> >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDE} ${HIGH}] /Contents 4 0 R /StructParents 0 /Tabs /S /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    font("Helvetica"),
    font("Helvetica-Bold"),
    `<< /Type /StructTreeRoot /K 8 0 R /ParentTree << /Nums [0 [${refs}]] >> /ParentTreeNextKey 1 >>`,
    `<< /Type /StructElem /S /Document /P 7 0 R /K [${refs}] >>`,
    `<< /Title <${winAnsi(title)}> >>`,
    ...lines.map(({ tag }, at) => `<< /Type /StructElem /S /${tag} /P 8 0 R /Pg 3 0 R /K ${at} >>`),
  ];
  return new Blob([file(objects)], { type: "application/pdf" });
}

const font = (name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;

function page(lines) {
  let y = HIGH - MARGIN;
  return lines.map(({ tag, text, size = 13, bold, gap = 8 }, at) => {
    y -= gap + size * 1.4;
    return `/${tag} << /MCID ${at} >> BDC BT /${bold ? "F2" : "F1"} ${size} Tf ${MARGIN} ${y} Td <${winAnsi(text)}> Tj ET EMC`;
  }).join("\n");
}

/** In hexadecimal. */
function winAnsi(text) {
  return [...text].map((sign) => (BEYOND_LATIN_1[sign] || sign.codePointAt(0)).toString(16).padStart(2, "0").slice(-2)).join("");
}

/** All of it is ASCII: a letter is a byte, and the table of places is right. */
function file(objects) {
  let whole = "%PDF-1.7\n";
  const places = objects.map((object, at) => {
    const place = whole.length;
    whole += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return `${whole}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R /Info 9 0 R >>\nstartxref\n${whole.length}\n%%EOF\n`;
}
