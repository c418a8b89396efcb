// What the gates said of the new view.
import { html } from './dom.js';
import { Comparisons } from './comparisons.js';
import { runLink } from './router.js';
import { Time, counted, fine } from './words.js';
import { Scroll } from './scroll.js';

export function Verdict({ verdict, runId }) {
  return html`
    <section aria-labelledby="verdict">
      <h2 id="verdict">Verdict: ${verdict.passed ? 'passed' : 'REFUSED'}</h2>
      <p class="note">${summary(verdict.gates)}, <${Time} at=${verdict.at} /></p>
      <${Gates} gates=${verdict.gates} />
    </section>
    <section aria-labelledby="targets"><h2 id="targets">New view against live</h2>
      <${Comparisons} targets=${verdict.targets} />
      ${runId && html`<p><a href=${runLink(runId, 'differences')}>Field by field, with examples</a></p>`}
    </section>`;
}

function summary(gates) {
  const refused = gates.filter(({ passed }) => !passed).length;
  return refused === 0 ? `${counted(gates.length, 'gate')}, all passed` : `${refused} of ${counted(gates.length, 'gate')} refused`;
}

/** Those that refused come first. */
export function Gates({ gates }) {
  const sorted = [...gates].sort((one, other) => one.passed - other.passed);
  const refused = sorted.filter(({ passed }) => !passed);
  const passed = sorted.filter(({ passed: good }) => good);
  return html`
    ${refused.length > 0 && html`<${GateTable} gates=${refused} caption="Gates that refused" />`}
    ${passed.length > 0 && html`<details open=${refused.length === 0 && passed.length <= 12}><summary>${counted(passed.length, 'gate')} passed</summary><${GateTable} gates=${passed} caption="Gates that passed" /></details>`}`;
}

function GateTable({ gates, caption }) {
  return html`<${Scroll} label="${caption}"><table class="gates cards">
    <caption class="unseen">${caption}</caption>
    <thead><tr><th scope="col">Gate</th><th scope="col">Of</th><th scope="col">Result</th><th scope="col" class="figure">Figure</th><th scope="col" class="figure">Limit</th><th scope="col">Detail</th></tr></thead>
    <tbody>${gates.map((gate) => html`<tr class=${gate.passed ? '' : 'refused'}>
      <th scope="row" data-label="Gate">${gate.name}</th><td data-label="Of">${gate.subject}</td>
      <td data-label="Result">${gate.passed ? 'passed' : html`<b class="bad">refused</b>`}</td>
      <td data-label="Figure" class="figure">${fine(gate.value)}</td><td data-label="Limit" class="figure">${fine(gate.limit)}</td><td data-label="Detail" class="long">${gate.detail || ''}</td></tr>`)}</tbody>
  </table></${Scroll}>`;
}
