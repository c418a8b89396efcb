// A table that may be wider than the window scrolls by itself, and by keyboard as well where it has to.
import { Component, html } from './dom.js';

export class Scroll extends Component {
  componentDidMount() {
    this.look();
  }

  componentDidUpdate() {
    this.look();
  }

  look() {
    const wide = this.base.scrollWidth > this.base.clientWidth;
    if (wide) this.base.tabIndex = 0;
    else this.base.removeAttribute('tabindex');
  }

  render({ label, children }) {
    return html`<div class="scroll" role="group" aria-label=${label}>${children}</div>`;
  }
}
