// The dialogs of a run: stop, hold, continue, limit, approve, refuse, redrive, resume.
import { Component, html } from './dom.js';
import { post } from './api.js';
import { Dialog, Reason } from './dialog.js';

const WORDS = {
  stop: {
    title: 'Stop this run',
    verb: 'STOP',
    danger: true,
    means: 'Its execution ends at once, and the run is closed: live stays what it was, or is brought back where the cut-over had begun. A receipt says which.',
    said: 'Asked to stop.',
  },
  hold: { title: 'Hold this run', verb: 'Hold', means: 'Chunks under way are finished; then nothing goes on until somebody lets it. Live is not touched.', said: 'Held.' },
  continue: { title: 'Let this run go on', verb: 'Continue', means: 'It goes on where it was held.', optional: true, said: 'It goes on.' },
  throttle: { title: 'Limit the pace of this run', verb: 'Set limits', means: 'Counts from the next batch on. What is left empty stays as it is; none takes a limit away.', optional: true, said: 'Limits are set.' },
  approve: { title: 'Approve the cut-over', verb: 'Approve', means: 'The new view becomes live once all who must approve have. Look at gates and differences first.', said: 'Approved.' },
  refuse: { title: 'Refuse the cut-over', verb: 'Refuse', danger: true, means: 'The run ends and live stays what it is.', said: 'Refused.' },
  redrive: { title: 'Redrive the execution', verb: 'Redrive', means: 'The failed execution goes on at the step that failed, with the same plan and code.', said: 'Asked to redrive.' },
  resume: { title: 'Resume from mapping', verb: 'Resume', means: 'A new execution maps what was read, with the plan and code as they are now. Sources are not read again.', said: 'Asked to resume.' },
};

export class ActionDialog extends Component {
  state = { reason: '', documentsPerSecond: '', concurrency: '' };

  send = (environment) => {
    const { action, shown } = this.props;
    const { reason, documentsPerSecond, concurrency } = this.state;
    const body = { environment, ...(reason && { reason }) };
    if (action.what === 'throttle') {
      if (documentsPerSecond) body.documentsPerSecond = limit(documentsPerSecond);
      if (concurrency) body.concurrency = limit(concurrency);
    }
    if (action.what === 'resume') Object.assign(body, { resume: shown.run.runId, from: 'MAP' }, action.request, { environment });
    return post(action.path, body);
  };

  ready() {
    const { action } = this.props;
    const { reason, documentsPerSecond, concurrency } = this.state;
    if (action.what === 'throttle') return Boolean(documentsPerSecond || concurrency);
    return WORDS[action.what].optional || reason.trim() !== '';
  }

  render({ action, place, done, close }, { reason, documentsPerSecond, concurrency }) {
    const words = WORDS[action.what];
    return html`<${Dialog} title=${words.title} verb=${words.verb} danger=${words.danger} place=${place} ready=${this.ready()} send=${this.send}
        done=${() => done(words.said)} close=${close}>
      <p>${words.means}</p>
      ${action.what === 'throttle' && html`
        <label for="documents-per-second">Documents a second, or none</label>
        <input id="documents-per-second" value=${documentsPerSecond} pattern="[0-9]+|none" autocomplete="off" onInput=${(event) => this.setState({ documentsPerSecond: event.target.value })} />
        <label for="concurrency">Chunks at once, or none</label>
        <input id="concurrency" value=${concurrency} pattern="[0-9]+|none" autocomplete="off" onInput=${(event) => this.setState({ concurrency: event.target.value })} />`}
      <${Reason} id="action-reason" value=${reason} optional=${words.optional} onInput=${(value) => this.setState({ reason: value })} />
    </${Dialog}>`;
  }
}

/** As typed where it is no whole number, so that the API says what it expects. */
const limit = (text) => (/^[0-9]+$/.test(text) ? Number(text) : text);
