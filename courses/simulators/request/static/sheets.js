/** Papers: those of the made-up person, the letter to print instead, and the proof, on the screen and as a PDF. */
import { Icon, html } from "../kit.js";
import { pdf } from "./pdf.js";

export function sheets({ t, Word }, task, card) {
  const address = () => html`<span>${card.street} ${card.number}</span><span>${card.postcode} ${card.town}</span>`;
  const fact = (k, value) => html`<div><dt><${Word} k=${k} /></dt><dd>${value}</dd></div>`;
  const banner = () => html`<p class="req-banner"><${Word} k="practice.banner" /></p>`;

  function Papers({ isOpen }) {
    return html`<details class="req-papers" open=${isOpen}><summary><${Icon} name="card" /><${Word} k="person.card" /></summary><div class="req-pile">
      <div><p><${Icon} name="person" /><${Word} k="paper.identity" /></p><dl>${fact("field.last", card.last)}${fact("field.first", card.first)}${fact("field.born", card.born)}</dl></div>
      <div><p><${Icon} name="home" /><${Word} k="paper.contract" /></p><dl>${fact("short.address", address())}${fact("short.rent", html`<${Word} k="answer.yes" />`)}</dl></div>
      <div><p><${Icon} name="pen" /><${Word} k="memo.title" /></p><dl>${fact("field.phone", card.phone)}${fact("field.mail", card.mail)}</dl>
        <ul>${["people", "work", "need"].map((one) => html`<li><${Word} k=${`memo.${one}`} /></li>`)}</ul></div>
    </div></details>`;
  }

  /** What is not answered yet is a dotted line: she can write it by hand. */
  function Letter({ rows, date }) {
    return html`<article class="req-sheet">${banner()}
      <h3 class="sim-heading" data-focus tabindex="-1"><${Word} k="letter.title" /></h3>
      <p class="req-lines"><b>${card.first} ${card.last}</b>${address()}</p>
      <p class="req-lines"><b>${t("form.office", card)}</b><span>${date}</span></p>
      <p><${Word} k="letter.ask" /></p>
      <dl class="req-facts">${rows.filter(({ screen }) => screen !== "address").map(({ screen, values }) => html`<div key=${screen}><dt><${Word} k=${`short.${screen}`} /></dt><dd>${values.length ? values.map((value) => html`<span>${value}</span>`) : html`<i class="req-dots" />`}</dd></div>`)}</dl>
      <p><${Word} k="letter.proof" /></p>
      <p><${Word} k="letter.sign" /><i class="req-dots" /></p>
    </article>`;
  }

  const facts = (proof) => [...["number", "sent", "counts", "before"].map((one) => [`proof.${one}`, proof[one]]), ["proof.office", t("form.office", card)], ["short.name", `${card.first} ${card.last}`]];

  function Proof({ proof }) {
    return html`<article class="req-sheet req-sheet--proof">${banner()}
      <h3 class="sim-heading" data-focus tabindex="-1"><span class="req-round"><${Icon} name="check" /></span><${Word} k="q.done" /></h3>
      <dl class="req-facts">${facts(proof).map(([k, value]) => value && fact(k, value))}</dl>
      <p><${Word} k="proof.keep" /></p>
    </article>`;
  }

  /** The address of the PDF, which exists in this page's memory only. What was typed is never in it. */
  let made = {};
  function proofFile(proof) {
    const lines = [
      { tag: "P", text: t("practice.banner"), size: 20, bold: true },
      { tag: "H1", text: t("q.done"), size: 24, bold: true, gap: 28 },
      ...facts(proof).flatMap(([k, value]) => (value ? [{ tag: "P", text: t(k), gap: 18 }, { tag: "P", text: value, size: 16, bold: true, gap: 2 }] : [])),
      { tag: "P", text: t("proof.keep"), gap: 28 },
    ];
    if (made.before !== proof.before) {
      made = { before: proof.before, url: URL.createObjectURL(pdf({ title: `${t("q.done")} ${proof.number}`, language: task.screen, lines })) };
    }
    return made.url;
  }

  return { Papers, Letter, Proof, proofFile };
}
