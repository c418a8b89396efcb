// Starts a run. A dry run is what it offers; a real run follows from a dry run that passed, on that run's own page.
import { Component, html } from './dom.js';
import { get, post } from './api.js';
import { rememberAsked } from './asked.js';
import { go, runLink } from './router.js';

export class Start extends Component {
  state = { plans: null, problem: null, sending: false, plan: '', mode: 'DRY_RUN', environment: '', reason: '', confirm: '', concurrency: '', chunkDocuments: '', key: crypto.randomUUID() };

  async componentDidMount() {
    try {
      const { data } = await get('plans');
      this.setState({ plans: data, plan: this.state.plan || data.plans[0] || '' });
    } catch (problem) {
      this.setState({ problem });
    }
  }

  /** Another request is another key. */
  set = (name) => (event) => this.setState({ [name]: event.target.value, key: crypto.randomUUID() });

  submit = async (event) => {
    event.preventDefault();
    if (!this.ready() || this.state.sending) return;
    const { plan, mode, environment, reason, confirm, concurrency, chunkDocuments, key } = this.state;
    this.setState({ sending: true, problem: null });
    const body = { environment, plan, mode, reason };
    if (mode === 'EXECUTE') body.confirm = confirm.trim();
    if (concurrency) body.concurrency = Number(concurrency);
    if (chunkDocuments) body.chunkDocuments = Number(chunkDocuments);
    try {
      const { runId } = await post('runs', body, key);
      rememberAsked(runId);
      this.props.say('The run is asked for.');
      go(runLink(runId));
    } catch (problem) {
      this.setState({ problem, sending: false });
    }
  };

  ready() {
    const { plan, mode, environment, reason, confirm } = this.state;
    return plan && environment === this.props.place.environment && reason.trim() !== '' && (mode !== 'EXECUTE' || confirm.trim() !== '');
  }

  render({ place }, { plans, problem, sending, plan, mode, environment, reason, confirm, concurrency, chunkDocuments }) {
    const may = (place.roles || []).includes('operator');
    const real = mode === 'EXECUTE';
    return html`<h1 tabindex="-1">Start a run</h1>
      ${!may && html`<p class="why">Only operators may start runs; you are ${(place.roles || []).join(', ') || 'without a role'} here.</p>`}
      <form class="start" onSubmit=${this.submit}><fieldset disabled=${!may}>
        <legend class="unseen">Request</legend>
        <label for="plan">Plan</label>
        <select id="plan" value=${plan} onChange=${this.set('plan')}>${plans && plans.plans.map((name) => html`<option value=${name}>${name}</option>`)}</select>
        ${plans && plan && html`<p class="hint">Hash <span class="id">${plans.planHashes[plan]}</span></p>`}
        <fieldset class="choice"><legend>Mode</legend>
          <label class="check"><input type="radio" name="mode" value="DRY_RUN" checked=${!real} onChange=${this.set('mode')} /> Dry run: all but the cut-over. Live is never changed.</label>
          <label class="check"><input type="radio" name="mode" value="EXECUTE" checked=${real} onChange=${this.set('mode')} /> Real run: publishes the new view.</label>
        </fieldset>
        ${real && html`<p class="notice">Easier, and what it echoes is shown: open a dry run that passed and press <b>Confirm and run</b>.</p>
          <label for="confirm">Confirmation: what the dry run’s receipt shows, or the plan’s hash where the environment’s profile says so</label>
          <input id="confirm" value=${confirm} autocomplete="off" spellcheck=${false} onInput=${this.set('confirm')} required />`}
        <label for="reason">Reason</label>
        <input id="reason" name="reason" value=${reason} maxlength="1000" autocomplete="off" onInput=${this.set('reason')} required />
        <details><summary>Size and pace</summary>
          <label for="concurrency">Chunks at once (the environment’s limit where empty)</label>
          <input id="concurrency" type="number" min="1" max="1000" value=${concurrency} onInput=${this.set('concurrency')} />
          <label for="chunk-documents">Documents of each collection in a chunk (the plan’s figure where empty)</label>
          <input id="chunk-documents" type="number" min="1" max="1000000" value=${chunkDocuments} onInput=${this.set('chunkDocuments')} />
        </details>
        <label for="environment">Type the environment’s name to confirm: <b>${place.environment}</b></label>
        <input id="environment" name="environment" value=${environment} autocomplete="off" autocapitalize="none" spellcheck=${false} aria-describedby="environment-hint" onInput=${this.set('environment')} required />
        <p class="hint" id="environment-hint">${environment !== '' && !place.environment.startsWith(environment) ? 'That is not the name of this environment.' : 'The button works once name and reason are there.'}</p>
        ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
        <p class="buttons"><button type="submit" class=${real ? 'danger' : 'primary'} disabled=${!this.ready()} aria-busy=${sending}>${sending ? 'Sending…' : real ? 'Start real run' : 'Start dry run'}</button></p>
      </fieldset></form>`;
  }
}
