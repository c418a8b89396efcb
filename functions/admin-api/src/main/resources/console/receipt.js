// The receipt: the account of a run, to read, keep and print.
import { Component, html } from './dom.js';
import { get, runPath } from './api.js';
import { kindWords } from './banner.js';
import { Comparisons } from './comparisons.js';
import { Facts } from './facts.js';
import { Gates } from './gates.js';
import { Asker, counted, figure, isOpen, lasting, modeWords, shortName } from './words.js';
import { Scroll } from './scroll.js';

const ENDINGS = { UNTOUCHED: 'UNTOUCHED: live is what it was', CUT_OVER: 'CUT_OVER: the new view is live', RESTORED: 'RESTORED: live equals the snapshot again' };

export class Receipt extends Component {
  state = { receipt: null, problem: null };

  componentDidMount() {
    this.load();
  }

  componentDidUpdate(before) {
    if (isOpen(before.shown.run) && !isOpen(this.props.shown.run)) this.load();
  }

  componentWillUnmount() {
    if (this.state.file) URL.revokeObjectURL(this.state.file);
  }

  async load() {
    try {
      const { data, text } = await get(runPath(this.props.shown.run.runId, '/receipt'));
      // As it came, to the byte.
      const file = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
      this.setState({ receipt: data, problem: null, file });
    } catch (problem) {
      this.setState({ problem });
    }
  }

  render(props, { receipt, problem, file }) {
    if (!receipt) {
      return html`<section aria-label="Receipt"><h2>Receipt</h2>${problem ? html`<p class="note" role="status">${problem.message}</p>` : html`<p>Loading…</p>`}</section>`;
    }
    return html`<article class="receipt" aria-labelledby="receipt">
      <h2 id="receipt">Receipt</h2>
      <p class="buttons"><a class="button" href=${file} download="${receipt.runId}.json">Download JSON</a> <button type="button" onClick=${() => print()}>Print</button></p>
      <p class="ending">${ENDINGS[receipt.ending] || receipt.ending}</p>
      <dl class="facts">
        <dt>Environment</dt><dd><b>${kindWords(receipt.kind)} ${receipt.environment}</b> (${receipt.colour})</dd>
        <dt>Run</dt><dd class="id">${receipt.runId}</dd>
        <dt>Mode</dt><dd>${modeWords(receipt.mode)}</dd>
        ${receipt.plan && html`<dt>Plan</dt><dd>${receipt.plan} <span class="id">${receipt.planHash}</span></dd>`}
        <dt>Asked by</dt><dd><${Asker} run=${receipt} /></dd><dt>Reason</dt><dd>${receipt.reason}</dd>
        <dt>Started</dt><dd><${Exact} at=${receipt.startedAt} /></dd><dt>Ended</dt><dd><${Exact} at=${receipt.endedAt} />, after ${lasting((new Date(receipt.endedAt) - new Date(receipt.startedAt)) / 1000)}</dd>
        ${receipt.error && html`<dt>Error</dt><dd>${shortName(receipt.error.name)}: ${receipt.error.message}</dd>`}
        ${receipt.snapshot && html`<dt>Snapshot</dt><dd class="id">${receipt.snapshot.id}</dd>`}
      </dl>
      <${Parts} ...${receipt} />
    </article>`;
  }
}

const Exact = ({ at }) => html`<time datetime=${at}>${at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>`;

function Parts({ targets, sources, stages, gates, quarantine, drift, snapshot, cutOver, caughtUp, confirm, next }) {
  const compared = Object.entries(targets || {}).map(([target, counts]) => ({ target, ...counts }));
  return html`
    ${compared.length > 0 && html`<h3>Targets</h3><${Comparisons} targets=${compared} />`}
    ${cutOver && html`<h3>Cut-over</h3><ul>${cutOver.changes.map((change) => html`<li>${change.target} ${change.change.toLowerCase()} <${Exact} at=${change.at} /></li>`)}</ul><p>Views of different runs may have been seen together for ${lasting(cutOver.windowSeconds)}.</p>`}
    ${Object.keys(sources || {}).length > 0 && html`<h3>Where each source document went</h3><${Sources} sources=${sources} />`}
    ${caughtUp && html`<h3>Caught up</h3><${Facts} of=${caughtUp} />`}
    ${quarantine && quarantine.length > 0 && html`<h3>Quarantine</h3><ul>${quarantine.map((one) => html`<li>${counted(one.count, 'bundle')}: ${one.reason}${one.field ? ` in ${one.field}` : ''}, such as ${[].concat(one.exampleKeys).map((key) => (typeof key === 'string' ? key : JSON.stringify(key))).join(', ')}</li>`)}</ul>`}
    ${drift && drift.length > 0 && html`<h3>Changed by others meanwhile</h3>${drift.map((one) => html`<${Facts} of=${one} />`)}`}
    ${snapshot && Object.keys(snapshot.targets).length > 0 && html`<h3>Snapshot</h3><dl class="facts">${Object.entries(snapshot.targets).map(([target, proof]) => html`<dt>${target}</dt><dd>${counted(proof.documents, 'document')} <span class="id">${proof.hash}</span></dd>`)}</dl>`}
    ${gates && gates.length > 0 && html`<h3>Gates</h3><${Gates} gates=${gates} />`}
    ${stages && stages.length > 0 && html`<h3>Stages</h3><${Scroll} label="Stages"><table class="counts"><caption class="unseen">Stages</caption><thead><tr><th scope="col">Stage</th><th scope="col" class="figure">Chunks</th><th scope="col" class="figure">Documents</th><th scope="col" class="figure">Took</th></tr></thead>
      <tbody>${stages.map((stage) => html`<tr><th scope="row">${stage.name}</th><td class="figure">${figure(stage.chunks)}</td><td class="figure">${figure(stage.documents)}</td><td class="figure">${lasting(stage.seconds)}</td></tr>`)}</tbody></table></${Scroll}>`}
    ${confirm && html`<h3>A real run must echo</h3><p class="id">${typeof confirm === 'object' ? JSON.stringify(confirm) : confirm}</p>`}
    ${next && html`<h3>Next</h3><p class="id">${next}</p>`}`;
}

const COLUMNS = ['read', 'used', 'superseded', 'quarantined', 'unmatched', 'withoutKey'];

function Sources({ sources }) {
  return html`<${Scroll} label="Source documents"><table class="counts"><caption class="unseen">Source documents</caption>
    <thead><tr><th scope="col">Source</th>${COLUMNS.map((name) => html`<th scope="col" class="figure">${name === 'withoutKey' ? 'without key' : name}</th>`)}<th scope="col">excluded by rule</th></tr></thead>
    <tbody>${Object.entries(sources).map(([source, account]) => html`<tr><th scope="row">${source}</th>${COLUMNS.map((name) => html`<td class="figure">${figure(account[name])}</td>`)}<td>${Object.entries(account.excluded || {}).map(([rule, count]) => `${figure(count)} ${rule}`).join(', ') || '–'}</td></tr>`)}</tbody></table></${Scroll}>`;
}
