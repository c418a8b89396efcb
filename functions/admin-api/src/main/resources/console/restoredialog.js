// Brings a snapshot back, or says first what that would change.
import { Component, html } from './dom.js';
import { post } from './api.js';
import { rememberAsked } from './asked.js';
import { Dialog, Reason } from './dialog.js';
import { go, runLink } from './router.js';
import { Time, counted } from './words.js';

export class RestoreDialog extends Component {
  state = { reason: '', without: [], key: crypto.randomUUID() };

  /** Another request is another key. */
  change = (change) => this.setState({ ...change, key: crypto.randomUUID() });

  targets() {
    return Object.keys(this.props.snapshot.targets);
  }

  send = (environment) => {
    const { snapshot, mode } = this.props;
    const { reason, without, key } = this.state;
    const only = without.length ? { only: this.targets().filter((target) => !without.includes(target)) } : {};
    return post(`snapshots/${encodeURIComponent(snapshot.id)}/restore`, { environment, reason, mode, ...only }, key);
  };

  done = ({ runId }) => {
    rememberAsked(runId);
    this.props.say('The restore is asked for.');
    go(runLink(runId));
  };

  toggle(target, wanted) {
    const { without } = this.state;
    this.change({ without: wanted ? without.filter((one) => one !== target) : [...without, target] });
  }

  render({ snapshot, mode, place, close }, { reason, without }) {
    const real = mode === 'RESTORE';
    const ready = reason.trim() !== '' && without.length < this.targets().length;
    return html`<${Dialog} title=${real ? 'Restore this snapshot' : 'Dry run of a restore'} verb=${real ? 'Restore' : 'Start dry run'} danger=${real} place=${place} ready=${ready} send=${this.send} done=${this.done} close=${close}>
      <p>${real ? 'Live becomes what it was when this snapshot was taken. A snapshot of live as it is now is taken first.' : 'Proves the snapshot and says what bringing it back would change. Live is not touched.'}</p>
      <p class="note">Sealed <${Time} at=${snapshot.sealedAt} /> <span class="id">${snapshot.id}</span></p>
      <fieldset><legend>Targets</legend>${Object.entries(snapshot.targets).map(([target, copy]) => html`<label class="check"><input type="checkbox" checked=${!without.includes(target)} onChange=${(event) => this.toggle(target, event.target.checked)} /> ${target}, ${copy.existed === false ? 'which did not exist' : counted(copy.documents, 'document')}</label>`)}</fieldset>
      <${Reason} id="restore-reason" value=${reason} onInput=${(value) => this.change({ reason: value })} />
    </${Dialog}>`;
  }
}
