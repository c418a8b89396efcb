// One run: where it stands, what can be done with it, and its parts.
import { Component, html } from './dom.js';
import { runPath } from './api.js';
import { Poll } from './poll.js';
import { runLink } from './router.js';
import { Actions } from './actions.js';
import { Differences } from './differences.js';
import { Overview } from './overview.js';
import { Quarantine } from './quarantine.js';
import { Receipt } from './receipt.js';
import { Standing, isOpen, modeWords, shortName, standingMeans, standingWords } from './words.js';
import { wasAsked } from './asked.js';

const TABS = [
  [null, 'Overview', Overview],
  ['differences', 'Differences', Differences],
  ['quarantine', 'Quarantine', Quarantine],
  ['receipt', 'Receipt', Receipt],
];

export class RunPage extends Component {
  state = { shown: null, problem: null };

  componentDidMount() {
    const { id } = this.props.route;
    this.poll = new Poll(
      runPath(id),
      (heard) => {
        this.props.heard(heard);
        this.announce(this.state.shown, heard.data);
        this.setState({ shown: heard.data, problem: heard.problem });
      },
      ({ data }) => (data ? isOpen(data.run) : wasAsked(id)),
    );
  }

  componentWillUnmount() {
    this.poll.stop();
  }

  announce(before, now) {
    if (before && now && standingWords(before.run) !== standingWords(now.run)) {
      this.props.say(`The run is now ${standingWords(now.run)}: ${standingMeans(now.run)}.`);
    }
  }

  changed = (said) => {
    this.props.say(said);
    this.poll.now();
  };

  render({ route, place }, { shown, problem }) {
    const run = shown && shown.run;
    const [, , Tab] = TABS.find(([tab]) => tab === route.tab) || TABS[0];
    return html`
      <div class="run-head">
        <h1 tabindex="-1">${run ? html`${run.plan || 'Restore'}, ${modeWords(run.mode)} <${Standing} run=${run} />` : 'Run'}</h1>
        <p class="means"><span class="id">${route.id}</span> ${run && standingMeans(run)}</p>
      </div>
      ${!run && html`<${Waiting} id=${route.id} problem=${problem} />`}
      ${run && problem && !problem.lost && html`<p class="problem" role="alert">${problem.message}</p>`}
      ${run && html`<${Actions} shown=${shown} place=${place} changed=${this.changed} />
        <nav class="tabs" aria-label="Parts of the run">
          ${TABS.map(([tab, title, Part]) => html`<a href=${runLink(run.runId, tab)} aria-current=${Part === Tab ? 'page' : null}>${title}</a>`)}
        </nav>
        <${Tab} key=${route.tab} shown=${shown} place=${place} />`}`;
  }
}

function Waiting({ id, problem }) {
  if (!problem || problem.lost) return html`<p>Loading…</p>`;
  if (problem.status === 404 && shortName(problem.error) === 'RunUnknown' && wasAsked(id)) {
    return html`<p role="status">Asked for. It appears once its execution has admitted it.</p><p class="note">${problem.message}</p>`;
  }
  return html`<p class="problem" role="alert">${problem.message}</p>`;
}
