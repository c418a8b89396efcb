// What could not be mapped and was withheld. Keys and values come from documents: they are shown as text.
import { Component, html } from './dom.js';
import { asking, get, runPath } from './api.js';
import { counted, figure } from './words.js';
import { Scroll } from './scroll.js';

const AT_ONCE = 50;

export class Quarantine extends Component {
  state = { page: null, bundles: [], all: null, reason: '', source: '', problem: null, loading: false };

  componentDidMount() {
    this.load();
  }

  async load(after) {
    const { reason, source } = this.state;
    this.setState({ loading: true });
    try {
      const { data } = await get(asking(runPath(this.props.shown.run.runId, '/quarantine'), { reason, source, limit: AT_ONCE, after }));
      if (reason !== this.state.reason || source !== this.state.source) return;
      const all = this.state.all || data;
      this.setState({ page: data, all, bundles: after ? [...this.state.bundles, ...data.bundles] : data.bundles, problem: null });
    } catch (problem) {
      this.setState({ problem });
    }
    this.setState({ loading: false });
  }

  filter = (change) => this.setState(change, () => this.load());

  render(props, { page, bundles, all, reason, source, problem, loading }) {
    return html`<section aria-labelledby="quarantine"><h2 id="quarantine">Quarantine</h2>
      ${all && all.counts.length > 0 && html`<form class="filter" onSubmit=${(event) => event.preventDefault()}>
        <label>Reason <select value=${reason} onChange=${(event) => this.filter({ reason: event.target.value })}>
          <option value="">any</option>${unique(all.counts.map((count) => count.reason)).map((one) => html`<option value=${one}>${one}</option>`)}</select></label>
        <label>Source <select value=${source} onChange=${(event) => this.filter({ source: event.target.value })}>
          <option value="">any</option>${sourcesOf(all).map((one) => html`<option value=${one}>${one}</option>`)}</select></label>
      </form>`}
      ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
      ${!page && !problem && html`<p>Loading…</p>`}
      ${page && html`<${Counts} page=${page} /><${Bundles} bundles=${bundles} />
        ${page.next !== null && page.next !== undefined && html`<p class="more"><button type="button" disabled=${loading} onClick=${() => this.load(page.next)}>Show more</button></p>`}`}
    </section>`;
  }
}

const unique = (values) => [...new Set(values.filter(Boolean))].sort();

function sourcesOf(all) {
  return unique([
    ...all.bundles.flatMap(({ problems }) => problems.map(({ source }) => source)),
    // Source and path; a rule where no source is to blame, which begins with a target and is filtered by nothing.
    ...all.counts.map(({ field }) => field && field.split('.')[0]),
  ]);
}

function Counts({ page }) {
  return html`<p role="status">${page.count === 0 ? 'Nothing is in quarantine.' : `${counted(page.count, 'bundle')} withheld from all targets.`}${page.complete === false ? ` Not complete: ${page.why}` : ''}</p>
    ${page.counts.length > 0 && html`<table class="counts"><caption class="unseen">Bundles by reason and field</caption>
      <thead><tr><th scope="col">Reason</th><th scope="col">Field</th><th scope="col" class="figure">Bundles</th></tr></thead>
      <tbody>${page.counts.map(({ reason, field, count }) => html`<tr><th scope="row">${reason}</th><td class="path">${field || '–'}</td><td class="figure">${figure(count)}</td></tr>`)}</tbody></table>`}`;
}

function Bundles({ bundles }) {
  if (bundles.length === 0) return null;
  return html`<${Scroll} label="Bundles"><table class="bundles cards"><caption class="unseen">Bundles</caption>
    <thead><tr><th scope="col">Key</th><th scope="col">Reason</th><th scope="col">Source</th><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Target</th></tr></thead>
    <tbody>${bundles.flatMap(({ key, problems }) => problems.map((problem, index) => html`<tr>
      <th scope="row" data-label="Key"><code>${typeof key === 'string' ? key : JSON.stringify(key)}</code>${index ? html`<span class="unseen"> again</span>` : null}</th>
      <td data-label="Reason">${problem.reason}</td><td data-label="Source">${problem.source || '–'}</td><td data-label="Field" class="path">${problem.field || '–'}</td>
      <td data-label="Value" class="long">${problem.value === null || problem.value === undefined ? '–' : html`<q>${String(problem.value)}</q>`}</td><td data-label="Target">${problem.target || 'all'}</td></tr>`))}</tbody>
  </table></${Scroll}>`;
}
