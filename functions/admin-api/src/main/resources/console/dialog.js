// A native dialog with a form: focus goes in and comes back, Escape closes, what went wrong is announced.
import { Component, html } from './dom.js';
import { kindWords } from './banner.js';

let serial = 0;

/**
 * Properties: title; verb on the button; place, or null where nothing is to be typed; danger; ready, whether all else is filled
 * in; send(environment), which may throw; done(answer); close().
 */
export class Dialog extends Component {
  state = { typed: '', sending: false, problem: null };
  id = `dialog-${(serial += 1)}`;

  componentDidMount() {
    this.element.showModal();
  }

  /** Once at a time. The button stays enabled meanwhile, so that focus is still there when the answer is an error. */
  submit = async (event) => {
    event.preventDefault();
    if (!this.mayBeSent() || this.state.sending) return;
    this.setState({ sending: true, problem: null });
    try {
      const answer = await this.props.send(this.state.typed);
      this.element?.close();
      this.props.done(answer);
    } catch (problem) {
      this.setState({ sending: false, problem });
    }
  };

  mayBeSent() {
    const { place, ready } = this.props;
    return ready !== false && this.state.typed === place.environment;
  }

  closed = () => {
    this.props.close();
    // Where what opened it is gone, focus must not fall to the beginning of the page.
    requestAnimationFrame(() => document.activeElement === document.body && document.querySelector('h1')?.focus());
  };

  render({ title, verb, place, danger, children }, { typed, sending, problem }) {
    const { id } = this;
    return html`<dialog ref=${(element) => (this.element = element)} aria-labelledby="${id}-title" onClose=${this.closed} class=${danger ? 'danger' : ''}>
      <form onSubmit=${this.submit}>
        <p class="banner small colour-${place.colour} kind-${place.kind}"><span class="pattern" aria-hidden="true"></span><span class="where"><strong class="kind">${kindWords(place.kind)}</strong> <span class="name">${place.environment}</span></span></p>
        <h2 id="${id}-title">${title}</h2>
        ${children}
        <label for="${id}-environment">Type the environment’s name to confirm: <b>${place.environment}</b></label>
        <input id="${id}-environment" name="environment" value=${typed} autocomplete="off" autocapitalize="none" spellcheck=${false} required
          aria-describedby="${id}-hint" onInput=${(event) => this.setState({ typed: event.target.value })} />
        <p class="hint" id="${id}-hint">${typed !== '' && !place.environment.startsWith(typed) ? 'That is not the name of this environment.' : 'The button works once name and reason are there.'}</p>
        ${problem && html`<p class="problem" role="alert">${problem.message}</p>`}
        <div class="buttons">
          <button type="submit" class=${danger ? 'danger' : 'primary'} disabled=${!this.mayBeSent()} aria-busy=${sending}>${sending ? 'Sending…' : verb}</button>
          <button type="button" onClick=${() => this.element.close()}>Close</button>
        </div>
      </form>
    </dialog>`;
  }
}

/** The field that every change has: why. */
export function Reason({ id, value, onInput, optional }) {
  return html`<label for=${id}>Reason${optional ? ' (may be left out)' : ''}</label>
    <input id=${id} name="reason" value=${value} maxlength="1000" autofocus required=${!optional} autocomplete="off" onInput=${(event) => onInput(event.target.value)} />`;
}
