// The frame of every view: environment, way around, who is here, and whether the API answers.
import { Component, html } from './dom.js';
import { get } from './api.js';
import { Banner, nameWindow } from './banner.js';
import { onSignInOver, signIn } from './signin.js';
import { routeOf } from './router.js';
import { Who, clock } from './words.js';
import { Runs } from './runs.js';
import { RunPage } from './run.js';
import { Start } from './start.js';
import { Snapshots } from './snapshots.js';

const TITLES = { runs: 'Runs', start: 'Start', snapshots: 'Snapshots' };
const RETRY_MILLIS = 5_000;

export class App extends Component {
  state = { route: routeOf(location.hash), place: null, problem: null, heard: null, signedOut: false, said: '' };

  componentDidMount() {
    addEventListener('hashchange', () => this.setState({ route: routeOf(location.hash) }, () => this.arrive()));
    onSignInOver((mayBegin) => {
      // Nothing that is being typed is thrown away.
      if (!mayBegin || document.querySelector('dialog[open], form.start')) this.setState({ signedOut: true });
      else signIn();
    });
    this.look();
  }

  componentDidUpdate() {
    const { route, place } = this.state;
    nameWindow(place, route.page === 'runs' && route.id ? `run ${route.id}` : TITLES[route.page]);
  }

  async look() {
    try {
      const { data } = await get('environment');
      this.setState({ place: data, problem: null });
    } catch (problem) {
      this.setState({ problem });
      if (problem.lost || problem.status >= 500) setTimeout(() => this.look(), RETRY_MILLIS);
    }
  }

  /** Whoever does not see the page must hear that it is another one. */
  arrive() {
    document.querySelector('h1')?.focus();
    scrollTo(0, 0);
  }

  /** What each answer says of the environment counts, since what is behind an address may change. */
  heard = ({ at, problem, data }) => {
    const { place } = this.state;
    if (data && data.environment && place && data.environment !== place.environment) this.look();
    this.setState({ heard: { at, problem } });
  };

  say = (said) => this.setState({ said });

  render() {
    const { route, place, problem, heard, signedOut, said } = this.state;
    return html`
      <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); document.querySelector('h1')?.focus(); }}>Skip to content</a>
      <header class="top">
        ${place && html`<${Banner} place=${place} />`}
        ${heard && heard.problem && heard.problem.lost && html`<${Lost} at=${heard.at} />`}
        ${signedOut && html`<p class="lost" role="alert">Your sign-in is over. <button type="button" onClick=${signIn}>Sign in again</button></p>`}
      </header>
      <div class="bar">
        <nav aria-label="Views">
          ${Object.entries(TITLES).map(([page, title]) => html`<a href="#/${page}" aria-current=${route.page === page ? 'page' : null}>${title}</a>`)}
        </nav>
        ${place && html`<p class="who">${place.caller ? html`<span class="caller"><${Who} name=${place.caller} /></span>` : null} <span class="roles">${rolesWords(place.roles)}</span></p>`}
      </div>
      <main id="main">
        ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
        ${place && html`<${this.view(route)} key=${route.page + route.id} route=${route} place=${place} heard=${this.heard} say=${this.say} />`}
        ${!place && !problem && html`<h1 tabindex="-1">Resync</h1><p>Loading…</p>`}
        ${!place && problem && html`<h1 tabindex="-1">No environment</h1>`}
      </main>
      <p class="unseen" role="status">${said}</p>
      ${place && html`<footer>Resync ${place.artifact}</footer>`}`;
  }

  view({ page, id }) {
    if (page === 'runs') return id ? RunPage : Runs;
    return { start: Start, snapshots: Snapshots }[page] || Nowhere;
  }
}

const rolesWords = (roles) => (!roles || roles.length === 0 ? 'no role here' : roles.join(', '));

function Lost({ at }) {
  return html`<p class="lost" role="alert">${at ? `Last answer ${clock(at)}` : 'No answer yet'}, trying again. What you see may be old; you can still stop a run.</p>`;
}

function Nowhere() {
  return html`<h1 tabindex="-1">There is no such view</h1><p><a href="#/runs">To the runs</a></p>`;
}
