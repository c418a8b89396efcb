// Names and values of an object, however deep, as a list for people.
import { html } from './dom.js';
import { figure } from './words.js';

export function Facts({ of }) {
  const entries = Object.entries(of).filter(([, value]) => value !== null && value !== undefined);
  return html`<dl class="facts">${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${shown(value)}</dd>`)}</dl>`;
}

function shown(value) {
  if (typeof value === 'number') return figure(value);
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one))).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value).map(([name, one]) => `${name} ${typeof one === 'number' ? figure(one) : typeof one === 'object' ? JSON.stringify(one) : one}`).join(', ');
  }
  return String(value);
}
