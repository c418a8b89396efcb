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
  return html`<table class="comparison">
    <caption><b>${target.target}</b> ${sizes(target)}</caption>
    <tbody>${KINDS.map((kind) => html`<tr><th scope="row">${kind}</th><td class="figure">${figure(target[kind])}</td><td class="figure share">${share(target[kind], most)}</td><td class="wide"><${Bar} value=${target[kind]} most=${most} kind=${kind} /></td></tr>`)}</tbody>
  </table>`;
}

/** A verdict speaks of the new view, a receipt of live before and after. */
function sizes({ live, shadow, before, after }) {
  return live ? `${figure(live.documents)} documents in live, ${figure(shadow.documents)} in the new view` : `${figure(before)} documents in live before, ${figure(after)} after`;
}

function share(value, all) {
  if (all === 0) return '–';
  const percent = (100 * value) / all;
  return percent > 0 && percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}
