// Which environment this is: name and kind in words, colour and pattern. Never by one of them alone.
import { html } from './dom.js';

const COLOURS = { red: '#b00020', orange: '#f59e2e', yellow: '#ffdd33', green: '#1a6b35', blue: '#0b57b7', purple: '#6a2ea6', grey: '#4b5258' };

/** As people are shown it: in capitals where live data of users is at stake. */
export const kindWords = (kind) => (kind === 'production' ? 'PRODUCTION' : kind);

export function Banner({ place }) {
  return html`<div class="banner colour-${place.colour} kind-${place.kind}" role="region" aria-label="Environment">
    <div class="pattern" aria-hidden="true"></div>
    <p class="where"><strong class="kind">${kindWords(place.kind)}</strong> <span class="name">${place.environment}</span></p>
    <div class="pattern" aria-hidden="true"></div>
  </div>`;
}

/** Says it in the window's title and the tab's icon as well. */
export function nameWindow(place, what) {
  document.title = [place && `${kindWords(place.kind)} ${place.environment}`, what, 'Resync'].filter(Boolean).join(' · ');
  if (!place) return;
  const stripes = place.kind === 'production' ? '<path d="M0 16 16 0h5L0 21zM11 32 32 11v5L16 32z" fill="#fff"/>' : '';
  const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="${COLOURS[place.colour] || COLOURS.grey}"/>${stripes}</svg>`;
  document.querySelector('link[rel=icon]').href = `data:image/svg+xml,${encodeURIComponent(icon)}`;
}
