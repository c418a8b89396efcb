// How far a run is, stage by stage, and when it will probably be done.
import { html } from './dom.js';
import { clock, figure, lasting } from './words.js';
import { Scroll } from './scroll.js';

export function Stages({ stages, eta, open }) {
  if (stages.length === 0) return null;
  const compared = stages.some(({ usualSeconds }) => usualSeconds !== null && usualSeconds !== undefined);
  return html`<section aria-labelledby="stages"><h2 id="stages">Stages</h2>
    ${open && html`<p class="eta">${eta ? html`About <b>${lasting(eta.seconds)}</b> left, done at about ${clock(new Date(eta.at))}. Judged by ${FROM[eta.from] || eta.from}.` : 'How long it will take cannot be said yet.'}</p>`}
    <${Scroll} label="Stages in their order"><table class="stages cards">
      <caption class="unseen">Stages in their order</caption>
      <thead><tr><th scope="col">Stage</th><th scope="col">State</th><th scope="col">Chunks</th><th scope="col" class="figure">Documents</th><th scope="col" class="figure">A second</th><th scope="col" class="figure">Took</th>${compared && html`<th scope="col" class="figure">Usually</th>`}</tr></thead>
      <tbody>${stages.map((stage) => html`<${Stage} key=${stage.stage} ...${stage} compared=${compared} />`)}</tbody>
    </table></${Scroll}></section>`;
}

const FROM = { 'this run': 'the pace of this run', 'earlier runs': 'earlier runs', both: 'this run and earlier ones' };

function Stage({ stage, state, chunks, done, documents, seconds, documentsPerSecond, usualSeconds, compared }) {
  return html`<tr class="is-${state}">
    <th scope="row" data-label="Stage">${stage}</th>
    <td data-label="State">${state}</td>
    <td data-label="Chunks" class="chunks">${chunks > 0 && state !== 'waiting'
      ? html`<progress aria-label="Chunks of ${stage}" max=${chunks} value=${done || 0}></progress> ${figure(done || 0)} of ${figure(chunks)}`
      : state === 'working' ? html`<progress aria-label="${stage} is working"></progress>` : '–'}</td>
    <td data-label="Documents" class="figure">${documents ? figure(documents) : '–'}</td>
    <td data-label="A second" class="figure">${documentsPerSecond ? figure(Math.round(documentsPerSecond)) : '–'}</td>
    <td data-label="Took" class="figure">${seconds || state !== 'waiting' ? lasting(seconds) : '–'}</td>
    ${compared && html`<td data-label="Usually" class="figure">${lasting(usualSeconds)}</td>`}
  </tr>`;
}
