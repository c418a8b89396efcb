// The list of runs, newest first.
import { Component, html } from './dom.js';
import { asking, get } from './api.js';
import { Poll } from './poll.js';
import { runLink } from './router.js';
import { Asker, Standing, Time, counted, isOpen, lasting, modeWords } from './words.js';
import { Scroll } from './scroll.js';

const AT_ONCE = 50;

export class Runs extends Component {
  state = { first: null, more: [], next: null, problem: null, loading: false };

  componentDidMount() {
    this.poll = new Poll(
      asking('runs', { limit: AT_ONCE }),
      (heard) => {
        this.props.heard(heard);
        const { data, problem } = heard;
        if (data && data !== this.state.first) this.setState({ first: data, next: this.state.more.length ? this.state.next : data.next });
        this.setState({ problem });
      },
      ({ data }) => Boolean(data && data.runs.some(isOpen)),
    );
  }

  componentWillUnmount() {
    this.poll.stop();
  }

  more = async () => {
    this.setState({ loading: true });
    try {
      const { data } = await get(asking('runs', { limit: AT_ONCE, after: this.state.next }));
      this.setState({ more: [...this.state.more, ...data.runs], next: data.next || null, problem: null });
    } catch (problem) {
      this.setState({ problem });
    }
    this.setState({ loading: false });
  };

  /** Runs that began meanwhile push others from the first page to the second. */
  runs() {
    const { first, more } = this.state;
    const seen = new Set(first.runs.map((run) => run.runId));
    return [...first.runs, ...more.filter((run) => !seen.has(run.runId))];
  }

  render() {
    const { first, next, problem, loading } = this.state;
    const runs = first ? this.runs() : [];
    const open = runs.filter(isOpen);
    return html`
      <h1 tabindex="-1">Runs</h1>
      ${problem && !problem.lost && html`<p class="problem" role="alert">${problem.message}</p>`}
      ${open.length > 0 && html`<ul class="open-now" aria-label="Open runs">${open.map((run) => html`<li key=${run.runId}>
        <${Standing} run=${run} /> <a href=${runLink(run.runId)}>${run.plan || 'restore'}, ${modeWords(run.mode)}</a> since <${Time} at=${run.startedAt} /> by <${Asker} run=${run} /></li>`)}</ul>`}
      ${first && runs.length === 0 && html`<p>There has been no run here. <a href="#/start">Start a dry run</a>: it changes nothing.</p>`}
      ${!first && !problem && html`<p>Loading…</p>`}
      ${runs.length > 0 && html`
        <${Scroll} label="Runs, newest first"><table class="runs cards">
          <caption class="unseen">Runs, newest first</caption>
          <thead><tr><th scope="col">State</th><th scope="col">Run</th><th scope="col">Plan</th><th scope="col">Started</th><th scope="col">Took</th><th scope="col">Asked by</th><th scope="col">Reason</th></tr></thead>
          <tbody>${runs.map((run) => html`<${Row} key=${run.runId} run=${run} minute=${Math.floor(Date.now() / 60_000)} />`)}</tbody>
        </table></${Scroll}>
        <p class="more"><span role="status">${counted(runs.length, 'run')} shown${next ? '' : ', all there are'}.</span>
          ${next && html` <button type="button" onClick=${this.more} disabled=${loading}>Show more</button>`}</p>`}`;
  }
}

/** A thousand rows are only drawn anew where something on them is another. */
class Row extends Component {
  shouldComponentUpdate(next) {
    return next.minute !== this.props.minute || (next.run !== this.props.run && JSON.stringify(next.run) !== JSON.stringify(this.props.run));
  }

  render({ run }) {
    const seconds = run.endedAt ? (new Date(run.endedAt) - new Date(run.startedAt)) / 1000 : null;
    return html`<tr>
      <td data-label="State"><${Standing} run=${run} /></td>
      <th scope="row" data-label="Run"><a href=${runLink(run.runId)} title=${run.runId}>${modeWords(run.mode)} <span class="short">${shortId(run.runId)}</span></a></th>
      <td data-label="Plan">${run.plan || '–'}</td>
      <td data-label="Started"><${Time} at=${run.startedAt} /></td>
      <td data-label="Took" class="figure">${run.endedAt ? lasting(seconds) : 'open'}</td>
      <td data-label="Asked by" class="long"><${Asker} run=${run} /></td>
      <td data-label="Reason" class="long">${run.reason}</td>
    </tr>`;
  }
}

const shortId = (id) => id.replace(/^.*-/, '');
