// The admin API, one level above this page, whatever prefix it is served under.
import { consoleKey } from './consolekey.js';
import { token, tokenRefused } from './signin.js';

const ROOT = new URL('../', import.meta.url);
const MOST_MILLIS = 15_000;

/** An error of the API as RFC 9457 has it; status 0 where no answer came at all. */
export class Problem extends Error {
  constructor({ status, title, detail, error }) {
    super(detail || title || `The answer was ${status}.`);
    this.status = status;
    this.title = title;
    this.error = error;
  }

  get lost() {
    return this.status === 0;
  }
}

async function send(path, options) {
  const headers = { Accept: 'application/json', ...options.headers };
  if (consoleKey()) headers['X-Resync-Console'] = consoleKey();
  if (token()) headers.Authorization = `Bearer ${token()}`;
  const url = new URL(path.replace(/^\//, ''), ROOT);
  let answer;
  try {
    answer = await fetch(url, { cache: 'no-store', ...options, headers, signal: AbortSignal.timeout(MOST_MILLIS) });
  } catch (failure) {
    throw new Problem({ status: 0, title: 'No answer', detail: options.method === 'POST' ? UNKNOWN : `No answer (${failure.message}).` });
  }
  if (answer.status === 401) tokenRefused();
  return answer;
}

const UNKNOWN = 'No answer came, so this may or may not have been done. Look at the run, then press again: twice does no harm.';

async function problemOf(answer) {
  let said = {};
  try {
    said = await answer.json();
  } catch {
    // Not the API but something before it answered.
  }
  return new Problem({
    status: answer.status,
    title: said.title || answer.statusText,
    detail: said.detail || said.message || `The answer was ${answer.status} ${answer.statusText}.`,
    error: said.error,
  });
}

/** A whole number that JavaScript would round, such as a key of 64 bits, becomes its text. */
const exact = (name, value, context) => (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source ? context.source : value);

/** Answers {data, text, etag}, with data undefined where nothing has changed since that etag. Throws a Problem. */
export async function get(path, etag) {
  const answer = await send(path, { headers: etag ? { 'If-None-Match': etag } : {} });
  if (answer.status === 304) return { etag };
  if (!answer.ok) throw await problemOf(answer);
  const text = await answer.text();
  return { data: JSON.parse(text, exact), text, etag: answer.headers.get('ETag') };
}

/** Throws a Problem. `key` makes the same request twice one start. */
export async function post(path, body, key) {
  const headers = { 'Content-Type': 'application/json', ...(key ? { 'Idempotency-Key': key } : {}) };
  const answer = await send(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw await problemOf(answer);
  return answer.json();
}

/** A path with what is asked for; what is empty is left out. */
export function asking(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

export const runPath = (id, more = '') => `runs/${encodeURIComponent(id)}${more}`;
