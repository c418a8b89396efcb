// Figures, times and states in words.
import { html } from './dom.js';

const FIGURES = new Intl.NumberFormat('en');
const FINE = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });
const ROUGH = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

export const figure = (value) => (value === null || value === undefined ? '–' : FIGURES.format(value));
export const fine = (value) => (value === null || value === undefined ? '–' : FINE.format(value));
export const counted = (count, one, many = `${one}s`) => `${figure(count)} ${count === 1 ? one : many}`;

export function lasting(seconds) {
  if (seconds === null || seconds === undefined) return '–';
  if (seconds > 0 && seconds < 0.1) return `${Math.ceil(seconds * 1000)} ms`;
  if (seconds < 10) return `${ROUGH.format(seconds)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : counted(Math.round(hours / 24), 'day');
}

export function ago(date, now = new Date()) {
  const seconds = (now - date) / 1000;
  if (Math.abs(seconds) < 5) return 'now';
  return seconds > 0 ? `${lasting(Math.round(seconds))} ago` : `in ${lasting(Math.round(-seconds))}`;
}

/** UTC, as in receipts and logs: people of several time zones look at one run. */
export const clock = (date) => `${date.toISOString().slice(11, 19)} UTC`;

function moment(date, now) {
  const iso = date.toISOString();
  return iso.slice(0, 10) === now.toISOString().slice(0, 10) ? clock(date) : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** A time: exact, and how long ago. */
export function Time({ at, short }) {
  if (!at) return '–';
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return String(at);
  const now = new Date();
  const exact = `${date.toISOString().replace('T', ' ').slice(0, 19)} UTC`;
  return html`<time datetime=${date.toISOString()} title=${exact}>${short ? ago(date, now) : `${moment(date, now)}, ${ago(date, now)}`}</time>`;
}

const MODES = {
  PREVIEW: 'preview',
  DRY_RUN: 'dry run',
  EXECUTE: 'real run',
  RESTORE: 'restore',
  RESTORE_DRY_RUN: 'dry run of a restore',
};
export const modeWords = (mode) => MODES[mode] || mode;

const STATES = {
  PENDING: ['waiting', 'recorded; its locks are not held yet'],
  OPEN: ['running', 'stages are at work'],
  SUSPENDED: ['suspended', 'its execution failed; live is untouched; it may be resumed'],
  RESUMING: ['resuming', 'a new execution takes over'],
  CLOSING: ['closing', 'it is being brought to its end'],
  RESTORING: ['restoring', 'live is being brought back to the snapshot'],
  NEEDS_OPERATOR: ['NEEDS OPERATOR', 'it cannot be ended safely without a person: see the runbook'],
};
const ENDINGS = {
  UNTOUCHED: ['untouched', 'live is what it was'],
  CUT_OVER: ['cut over', 'the new view is live'],
  RESTORED: ['restored', 'live equals the snapshot again'],
};
const standing = (run) => (run.ending ? ENDINGS[run.ending] : STATES[run.state]) || [run.ending || run.state, ''];

export const isOpen = (run) => run.state !== 'CLOSED';
export const standingWords = (run) => standing(run)[0];
export const standingMeans = (run) => standing(run)[1];

export function Standing({ run }) {
  const [words, means] = standing(run);
  const kind = (run.ending || run.state).toLowerCase().replace('_', '-');
  return html`<span class="standing is-${kind}" title=${means}>${words}</span>${run.error ? html` <span class="standing is-error">error</span>` : null}`;
}

/** Who: role and session of an ARN, with the whole of it on demand; anything else as it is. */
export function Who({ name }) {
  const [, short] = /^arn:[^:]*:(?:sts|iam)::\d*:(?:assumed-role|user)\/(.+)$/.exec(name || '') || [];
  return short ? html`<span title=${name}>${short}</span>` : html`<span>${name || '–'}</span>`;
}

/** Who asked, as given, which is a claim, and who it was as the API authenticated them where that is another name. */
export function Asker({ run }) {
  const { requestedBy, authenticatedAs } = run;
  const other = authenticatedAs && authenticatedAs !== requestedBy;
  return html`<${Who} name=${requestedBy} />${other ? html` (authenticated as <${Who} name=${authenticatedAs} />)` : null}`;
}

/** The last part of a stable name such as dev.resync.error.GateRefused. */
export const shortName = (name) => String(name).replace(/^.*\./, '');
