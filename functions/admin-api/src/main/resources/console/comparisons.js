// How the new view of each target differs from live, in four figures.
import { html } from './dom.js';
import { Bar } from './bar.js';
import { figure } from './words.js';

const KINDS = ['added', 'changed', 'removed', 'unchanged'];

export function Comparisons({ targets }) {
  return html`<div class="targets">${targets.map((target) => html`<${Target} key=${target.target} ...${target} />`)}</div>`;
}

/** Bars are of all keys of live and the new view together. */
function Target(target) {
  const most = KINDS.reduce((sum, kind) => sum + target[kind], 0);
  const before = target.live ? target.live.documents : target.before;
  const after = target.shadow ? target.shadow.documents : target.after;
  return html`<table class="comparison">
    <caption><b>${target.target}</b> ${figure(before)} documents in live, ${figure(after)} in the new view</caption>
    <tbody>${KINDS.map((kind) => html`<tr><th scope="row">${kind}</th><td class="figure">${figure(target[kind])}</td><td class="figure share">${share(target[kind], most)}</td><td class="wide"><${Bar} value=${target[kind]} most=${most} kind=${kind} /></td></tr>`)}</tbody>
  </table>`;
}

function share(value, all) {
  if (all === 0) return '–';
  const percent = (100 * value) / all;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}
