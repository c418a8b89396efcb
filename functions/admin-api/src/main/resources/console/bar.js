// A small bar beside a figure that says the same, so readers of the screen need not hear of it.
import { html } from './dom.js';

export function Bar({ value, most, kind }) {
  const width = most > 0 ? Math.max(value > 0 ? 1 : 0, (100 * value) / most) : 0;
  return html`<svg class="chart ${kind}" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="rail" width="100" height="8" /><rect class="filled" width=${width} height="8" /></svg>`;
}
