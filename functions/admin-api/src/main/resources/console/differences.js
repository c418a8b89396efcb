// The report of differences, field by field. Names and values come from documents and may hold anything: they are shown as text.
import { Component, html } from './dom.js';
import { asking, get, runPath } from './api.js';
import { Bar } from './bar.js';
import { Comparisons } from './comparisons.js';
import { Time, counted, figure } from './words.js';
import { Scroll } from './scroll.js';

const KINDS = [['changed', 'changed'], ['added', 'added'], ['lost', 'removed']];

export class Differences extends Component {
  state = { report: null, problem: null };

  componentDidMount() {
    this.load();
  }

  /** A verdict that came or was renewed meanwhile has a report of its own. */
  componentDidUpdate(before) {
    const at = ({ shown }) => shown.verdict && shown.verdict.at;
    if (at(before) !== at(this.props)) this.load();
  }

  async load() {
    const { run } = this.props.shown;
    try {
      const { data } = await get(asking(runPath(run.runId, '/diff'), {}));
      this.setState({ report: data, problem: null });
    } catch (problem) {
      this.setState({ problem });
    }
  }

  render({ shown }, { report, problem }) {
    return html`
      ${shown.verdict && html`<section aria-labelledby="targets"><h2 id="targets">New view against live</h2><${Comparisons} targets=${shown.verdict.targets} /></section>`}
      ${problem && html`<p class=${problem.status === 404 ? 'note' : 'problem'} role=${problem.status === 404 ? null : 'alert'}>${problem.message}</p>`}
      ${report && html`<p class="note">Compared with live <${Time} at=${report.at} /></p>${report.targets.map((target) => html`<${Target} key=${target.target} ...${target} />`)}<${Unmapped} sources=${report.unmappedFields || {}} />`}
      ${!report && !problem && html`<p>Loading…</p>`}`;
  }
}

function Target({ target, addedKeys, removedKeys, differing, onlyForm, unexamined, fields, cutShort }) {
  const most = Math.max(1, ...fields.flatMap((field) => KINDS.map(([kind]) => field[kind].count)));
  return html`<section aria-label="Fields of ${target}"><h2>${target}</h2>
    <p>${counted(addedKeys.count, 'key')} added, ${figure(removedKeys.count)} removed; ${counted(differing, 'document')} differ${differing === 1 ? 's' : ''}${onlyForm ? `, ${figure(onlyForm)} in form alone` : ''}${unexamined ? `, ${figure(unexamined)} not looked into` : ''}.</p>
    <${Keys} what="Added" difference=${addedKeys} /><${Keys} what="Removed" difference=${removedKeys} />
    ${fields.length > 0 && html`<${Scroll} label="Fields of ${target} that differ"><table class="fields cards">
      <caption class="unseen">Fields of ${target} that differ</caption>
      <thead><tr><th scope="col">Field</th><th scope="col" class="figure">Changed</th><th scope="col" class="figure">Added</th><th scope="col" class="figure">Lost</th><th scope="col">Examples, live → new view</th></tr></thead>
      <tbody>${fields.map((field) => html`<tr key=${field.field}><th scope="row" data-label="Field" class="path">${field.field}</th>
        ${KINDS.map(([kind, drawn]) => html`<td data-label=${kind} class="figure">${figure(field[kind].count)}<${Bar} value=${field[kind].count} most=${most} kind=${drawn} /></td>`)}
        <td data-label="Examples" class="examples">${KINDS.flatMap(([kind]) => field[kind].examples).slice(0, 3).map((example) => html`<${Example} ...${example} id=${example.key} />`)}</td></tr>`)}</tbody>
    </table></${Scroll}>`}
    ${cutShort && html`<p class="note">Not all examples, or fields without a rule, are shown; all are counted.</p>`}
  </section>`;
}

function Keys({ what, difference }) {
  if (difference.examples.length === 0) return null;
  return html`<p class="keys">${what}, such as ${difference.examples.map(({ key }, index) => html`${index ? ', ' : ''}<code>${text(key)}</code>`)}</p>`;
}

function Example({ id, before, after }) {
  return html`<div><code>${text(id)}</code> <${Value} of=${before} /> → <${Value} of=${after} /></div>`;
}

const Value = ({ of }) => (of === null || of === undefined ? html`<i>none</i>` : html`<q>${of}</q>`);

const text = (key) => (typeof key === 'string' ? key : JSON.stringify(key));

function Unmapped({ sources }) {
  const entries = Object.entries(sources);
  if (entries.length === 0) return null;
  return html`<section aria-labelledby="unmapped"><h2 id="unmapped">Fields that the plan names nowhere</h2><dl class="facts">${entries.map(([source, fields]) => html`<dt>${source}</dt><dd>${fields.join(', ')}</dd>`)}</dl></section>`;
}
