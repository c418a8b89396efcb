// The overview of a run: what it is, how far it is, what the gates say.
import { html } from './dom.js';
import { Facts } from './facts.js';
import { Stages } from './stages.js';
import { Verdict } from './gates.js';
import { runLink } from './router.js';
import { Asker, Time, Who, isOpen, lasting, shortName } from './words.js';

/** While it is at work, how far it is comes first; afterwards what it was. */
export function Overview({ shown }) {
  const { run, stages = [], verdict } = shown;
  const open = isOpen(run);
  const how = html`<${Stages} key="stages" stages=${stages} eta=${shown.eta} open=${open} />`;
  const what = html`<${About} key="about" shown=${shown} />`;
  return html`
    ${run.error && html`<div class="problem"><b>${shortName(run.error.name)}</b> ${run.error.message}</div>`}
    ${run.pace && run.pace.held && html`<p class="notice">Held by ${run.pace.held.who} since <${Time} at=${run.pace.held.since} />: ${run.pace.held.reason}</p>`}
    ${open ? [how, what] : [what, how]}
    ${verdict ? html`<${Verdict} verdict=${verdict} runId=${run.runId} />` : html`<p class="note">No verdict yet: gates are asked once the new view is complete.</p>`}
    ${!open && html`<p><a href=${runLink(run.runId, 'receipt')}>The receipt</a> is the account of this run.</p>`}`;
}

function About({ shown }) {
  const { run, details = {}, execution, next } = shown;
  return html`<div class="columns">
    <section aria-labelledby="about"><h2 id="about">Run</h2><dl class="facts">
      <dt>Reason</dt><dd>${run.reason}</dd>
      <dt>Asked by</dt><dd><${Asker} run=${run} />${details.via ? ` (${details.via})` : ''}</dd>
      <dt>Started</dt><dd><${Time} at=${run.startedAt} /></dd>
      ${run.endedAt && html`<dt>Ended</dt><dd><${Time} at=${run.endedAt} />, after ${lasting((new Date(run.endedAt) - new Date(run.startedAt)) / 1000)}</dd>`}
      ${run.resumeUntil && html`<dt>May be resumed until</dt><dd><${Time} at=${run.resumeUntil} /></dd>`}
      ${run.snapshot && html`<dt>Snapshot</dt><dd class="id"><a href="#/snapshots">${run.snapshot}</a></dd>`}
      ${pace(run) && html`<dt>Pace</dt><dd>${pace(run)}</dd>`}
      ${execution && html`<dt>Execution</dt><dd>${execution.status || execution.unknown || 'ended'}${execution.arn ? html`<span class="id">${execution.arn}</span>` : null}</dd>`}
    </dl></section>
    <${Approval} details=${details} waits=${(next || []).some(({ what }) => what === 'approve')} />
  </div>`;
}

function pace({ pace: set }) {
  if (!set) return null;
  return [
    set.documentsPerSecond && `at most ${set.documentsPerSecond} documents a second`,
    set.concurrency && `at most ${set.concurrency} chunks at once`,
  ].filter(Boolean).join(', ');
}

function Approval({ details, waits }) {
  const { approval, approvals, refusal } = details;
  const answers = approvals || [];
  if (!approval && answers.length === 0 && !refusal) return null;
  return html`<section aria-labelledby="approval"><h2 id="approval">Approval</h2>
    ${waits ? html`<p class="notice">Waits for another person to approve the cut-over.</p>` : html`<p>Its cut-over needs another person’s approval.</p>`}
    ${answers.length > 0 && html`<ul>${answers.map((answer) => html`<li>Approved by <${Person} ...${answer} />, <${Time} at=${answer.at} /></li>`)}</ul>`}
    ${refusal && html`<p class="bad">Refused by <${Person} ...${refusal} />, <${Time} at=${refusal.at} /></p>`}
  </section>`;
}

function Person({ who, authenticatedAs }) {
  return html`<${Who} name=${authenticatedAs || who} />${authenticatedAs ? null : ' (as given, not authenticated)'}`;
}
