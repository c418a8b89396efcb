// From a dry run that passed to the real one: shows what is echoed, and sends exactly that.
import { Component, html } from './dom.js';
import { get, post, runPath } from './api.js';
import { rememberAsked } from './asked.js';
import { Dialog, Reason } from './dialog.js';
import { go, runLink } from './router.js';
import { Facts } from './facts.js';
import { figure } from './words.js';

export class ConfirmDialog extends Component {
  state = { reason: '', receipt: null, key: crypto.randomUUID() };

  async componentDidMount() {
    const { data } = await get(runPath(this.props.shown.run.runId, '/receipt')).catch(() => ({}));
    this.setState({ receipt: data || null });
  }

  send = (environment) => {
    const { action } = this.props;
    const { reason, key } = this.state;
    return post(action.path, { ...action.request, environment, reason }, key);
  };

  done = ({ runId }) => {
    rememberAsked(runId);
    this.props.done('The real run is asked for.');
    go(runLink(runId));
  };

  render({ action, shown, place, close }, { reason, receipt }) {
    const { confirm, ...rest } = action.request || {};
    const token = confirm && typeof confirm === 'object' ? confirm : { token: confirm };
    const of = { 'dry run': shown.run.runId, ...token, 'plan hash': receipt && receipt.planHash, ...rest };
    return html`<${Dialog} title="Run it for real" verb="Run for real" danger=${true} place=${place} ready=${reason.trim() !== ''} send=${this.send} done=${this.done} close=${close}>
      <p>This builds the view anew and publishes it once every gate has passed. A snapshot of live is kept. It echoes what the dry run found:</p>
      <${Facts} of=${of} />
      ${shown.verdict && html`<${Facts} of=${Object.fromEntries(shown.verdict.targets.map(counts))} />`}
      ${receipt && html`<details><summary>Source documents that it read</summary><${Facts} of=${Object.fromEntries(Object.entries(receipt.sources).map(([source, { read }]) => [source, read]))} /></details>`}
      <${Reason} id="confirm-reason" value=${reason} onInput=${(value) => this.setState({ reason: value, key: crypto.randomUUID() })} />
    </${Dialog}>`;
  }
}

const counts = ({ target, live, shadow, added, changed, removed, unchanged }) => [
  target,
  `${figure(live.documents)} documents in live, ${figure(shadow.documents)} in the new view: ${figure(added)} added, ${figure(changed)} changed, ${figure(removed)} removed, ${figure(unchanged)} unchanged`,
];
