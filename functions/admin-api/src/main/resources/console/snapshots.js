// Snapshots: how old, how proven, why kept, and the way back.
import { Component, html } from './dom.js';
import { Poll } from './poll.js';
import { RestoreDialog } from './restoredialog.js';
import { runLink } from './router.js';
import { Time, figure } from './words.js';
import { Scroll } from './scroll.js';

export class Snapshots extends Component {
  state = { data: null, problem: null, open: null };

  componentDidMount() {
    this.poll = new Poll('snapshots', (heard) => {
      this.props.heard(heard);
      this.setState({ data: heard.data, problem: heard.problem });
    });
  }

  componentWillUnmount() {
    this.poll.stop();
  }

  render({ place, say }, { data, problem, open }) {
    return html`<h1 tabindex="-1">Snapshots</h1>
      ${problem && !problem.lost && html`<p class="problem" role="alert">${problem.message}</p>`}
      ${!data && !problem && html`<p>Loading…</p>`}
      ${data && data.snapshots.length === 0 && html`<p>There is no snapshot: a run that publishes a view takes one of live first.</p>`}
      ${data && !mayRestore(place) && data.snapshots.length > 0 && html`<p class="why" id="why-restore">${WHY_NOT(place)}</p>`}
      <ul class="snapshots">${data && data.snapshots.map((snapshot) => html`<${Snapshot} key=${snapshot.id} snapshot=${snapshot} place=${place} open=${(mode) => this.setState({ open: { snapshot, mode } })} />`)}</ul>
      ${open && html`<${RestoreDialog} snapshot=${open.snapshot} mode=${open.mode} place=${place} say=${say} close=${() => this.setState({ open: null })} />`}`;
  }
}

const mayRestore = (place) => (place.roles || []).includes('operator');
const WHY_NOT = (place) => `Only operators may bring a snapshot back; you are ${(place.roles || []).join(', ') || 'without a role'} here.`;

function Snapshot({ snapshot, place, open }) {
  const may = mayRestore(place);
  const usable = snapshot.targets && !snapshot.removingSince;
  const button = (mode, label, kind) => html`<button type="button" class=${kind} disabled=${!may || !usable} aria-describedby=${may ? null : 'why-restore'} aria-label="${label} of ${snapshot.id}" onClick=${() => open(mode)}>${label}</button>`;
  return html`<li class=${snapshot.damage ? 'damaged' : ''}>
    <h2>${snapshot.sealedAt ? html`<${Time} at=${snapshot.sealedAt} />` : 'Age unknown'}${snapshot.plan ? `, ${snapshot.plan}` : ''}</h2>
    <p class="id">${snapshot.id}</p>
    ${snapshot.damage && html`<p class="bad">Damaged: ${snapshot.damage}</p>`}
    ${snapshot.targets && html`<${Scroll} label="Proof of ${snapshot.id}"><table class="counts"><caption class="unseen">Proof of ${snapshot.id}</caption>
      <thead><tr><th scope="col">Target</th><th scope="col" class="figure">Documents</th><th scope="col">Proven hash</th></tr></thead>
      <tbody>${Object.entries(snapshot.targets).map(([target, copy]) => html`<tr><th scope="row">${target}</th><td class="figure">${copy.existed === false ? 'did not exist' : figure(copy.documents)}</td><td class="id hash">${copy.hash}</td></tr>`)}</tbody></table></${Scroll}>`}
    <p class="note">${fate(snapshot)}${snapshot.runId ? html` Taken by <a href=${runLink(snapshot.runId)}>its run</a>.` : null}</p>
    <p class="buttons">${button('RESTORE_DRY_RUN', 'Dry run of a restore', '')} ${button('RESTORE', 'Restore', 'danger')}</p>
  </li>`;
}

const KEPT = {
  NEEDED: (snapshot) => `run ${snapshot.neededBy} needs it`,
  NEWEST: () => 'it is the newest of its plan or of one of its targets',
  COUNT: () => 'it is among the newest of its plan',
  AGE: () => 'it is young',
  DAMAGED: () => 'it is damaged, and a person must look at it',
};

function fate(snapshot) {
  const until = snapshot.mayGoAt ? html` May go <${Time} at=${snapshot.mayGoAt} />.` : null;
  if (snapshot.removingSince) return html`Being removed since <${Time} at=${snapshot.removingSince} />; it cannot be brought back.`;
  const kept = snapshot.keptBecause || [];
  if (kept.length === 0) return html`Nothing keeps it.${until}`;
  return html`Kept because ${kept.map((because) => (KEPT[because] ? KEPT[because](snapshot) : because)).join('; ')}.${until}`;
}
