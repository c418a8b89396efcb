// Names and values of an object, however deep, as a list for people.
import { html } from './dom.js';
import { figure } from './words.js';

export function Facts({ of }) {
  const entries = Object.entries(of).filter(([, value]) => value !== null && value !== undefined);
  return html`<dl class="facts">${entries.map(([name, value]) => html`<dt>${worded(name)}</dt><dd>${shown(value)}</dd>`)}</dl>`;
}

/** plainFields -> plain fields; names of people's own, with dots or hyphens, stay. */
const worded = (name) => (/^[a-z]+([A-Z][a-z]+)+$/.test(name) ? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : name);

function shown(value) {
  if (typeof value === 'number') return figure(value);
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value).map(([name, one]) => `${name} ${typeof one === 'number' ? figure(one) : typeof one === 'object' ? JSON.stringify(one) : one}`).join(', ');
  }
  return String(value);
}
