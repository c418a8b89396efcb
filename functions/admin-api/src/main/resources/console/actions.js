// What can be done with a run, as the API says; what this caller may not do stands there with the reason.
import { Component, html } from './dom.js';
import { ActionDialog } from './actiondialog.js';
import { ConfirmDialog } from './confirmdialog.js';
import { runPath } from './api.js';
import { isOpen } from './words.js';

export const LABELS = {
  stop: 'STOP',
  hold: 'Hold',
  continue: 'Continue',
  throttle: 'Limit pace',
  approve: 'Approve',
  refuse: 'Refuse',
  redrive: 'Redrive',
  resume: 'Resume',
  confirm: 'Confirm and run',
  restore: 'Restore…',
};

export class Actions extends Component {
  state = { open: null };

  /** STOP first, and on every open run of which nothing else is known. */
  actions() {
    const { next, run } = this.props.shown;
    if (!next) return isOpen(run) ? [{ what: 'stop', path: runPath(run.runId, '/stop'), allowed: true }] : [];
    return next.filter(({ what }) => LABELS[what]).sort((one, other) => (other.what === 'stop') - (one.what === 'stop'));
  }

  render({ shown, place, changed }, { open }) {
    const actions = this.actions().map((action) => ({ ...action, refused: refusal(action) }));
    if (actions.length === 0 && !open) return null;
    const Asked = open && open.what === 'confirm' ? ConfirmDialog : ActionDialog;
    return html`<section class="actions ${isOpen(shown.run) ? 'open' : ''}" aria-label="What can be done">
      <div class="buttons">${actions.map((action) => (action.what === 'restore'
        ? html`<a class="button" key="restore" href="#/snapshots" title=${action.why}>${LABELS.restore}</a>`
        : html`<button type="button" key=${action.what} class=${classOf(action.what)} disabled=${Boolean(action.refused)} title=${action.why}
          aria-describedby=${action.refused ? `why-${action.what}` : null} onClick=${() => this.setState({ open: action })}>${LABELS[action.what]}</button>`))}</div>
    </section>
    ${actions.filter(({ refused }) => refused).map(({ what, refused }) => html`<p class="why" id="why-${what}" key=${what}>${LABELS[what]}: ${refused}</p>`)}
    ${open && html`<${Asked} action=${open} shown=${shown} place=${place} done=${changed} close=${() => this.setState({ open: null })} />`}`;
  }
}

/** Why this caller may not do it, as the API says; null where they may. The API decides again when it is asked. */
const refusal = ({ allowed, refused }) => (allowed ? null : refused);

const classOf = (what) => ({ stop: 'stop', confirm: 'primary', approve: 'primary' })[what] || '';
