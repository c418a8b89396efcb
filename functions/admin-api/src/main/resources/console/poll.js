// Asks again and again: often while something is under way and somebody looks, seldom otherwise.
import { get } from './api.js';

const FAST_MILLIS = 2_000;
const SLOW_MILLIS = 15_000;

export class Poll {
  /**
   * @param path what to ask for
   * @param heard called after each answer with {data, at, problem}: the newest data, when the last answer came, and the
   *     problem of the last try; null each where there is none
   * @param busy whether data is of something under way
   */
  constructor(path, heard, busy = () => false) {
    this.path = path;
    this.heard = heard;
    this.busy = busy;
    this.last = { data: null, at: null, problem: null };
    this.onVisible = () => document.visibilityState === 'visible' && this.now();
    document.addEventListener('visibilitychange', this.onVisible);
    this.now();
  }

  /** Asks at once; what is already asked counts no more. */
  async now() {
    clearTimeout(this.timer);
    const turn = (this.turn = (this.turn || 0) + 1);
    let heard;
    try {
      const { data, etag } = await get(this.path, this.etag);
      heard = { data: data === undefined ? this.last.data : data, at: new Date(), problem: null };
      if (turn === this.turn) this.etag = etag;
    } catch (problem) {
      heard = { ...this.last, at: problem.lost ? this.last.at : new Date(), problem };
    }
    if (turn !== this.turn || this.stopped) return;
    this.last = heard;
    const fast = document.visibilityState === 'visible' && this.busy(heard);
    this.timer = setTimeout(() => this.now(), fast ? FAST_MILLIS : SLOW_MILLIS);
    this.heard(heard);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
    document.removeEventListener('visibilitychange', this.onVisible);
  }
}
