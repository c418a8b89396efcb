// From a dry run that passed to the real one: shows what is echoed, and sends exactly that.
import { Component, html } from './dom.js';
import { post } from './api.js';
import { rememberAsked } from './asked.js';
import { Dialog, Reason } from './dialog.js';
import { go, runLink } from './router.js';
import { Facts } from './facts.js';

export class ConfirmDialog extends Component {
  state = { reason: '' };
  key = crypto.randomUUID();

  send = (environment) => {
    const { action } = this.props;
    return post(action.path, { ...action.request, environment, reason: this.state.reason }, this.key);
  };

  done = ({ runId }) => {
    rememberAsked(runId);
    this.props.done('The real run is asked for.');
    go(runLink(runId));
  };

  render({ action, shown, place, close }, { reason }) {
    const { confirm, ...rest } = action.request || {};
    return html`<${Dialog} title="Run it for real" verb="Run for real" danger=${true} place=${place} ready=${reason.trim() !== ''} send=${this.send} done=${this.done} close=${close}>
      <p>This builds the view anew and publishes it once every gate has passed. A snapshot of live is kept. It echoes what the dry run found:</p>
      <${Facts} of=${{ 'dry run': shown.run.runId, ...rest, ...(confirm && typeof confirm === 'object' ? confirm : { confirm }) }} />
      ${shown.verdict && html`<${Facts} of=${Object.fromEntries(shown.verdict.targets.map((target) => [target.target, changes(target)]))} />`}
      <${Reason} id="confirm-reason" value=${reason} onInput=${(value) => this.setState({ reason: value, })} />
    </${Dialog}>`;
  }
}

const changes = ({ added, changed, removed, unchanged }) => ({ added, changed, removed, unchanged });
