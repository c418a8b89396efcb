// Preact with tagged templates: no build step. What is put into a template is text or an attribute, never markup.
import { Component, h, render } from './vendor/preact/preact.js';
import htm from './vendor/htm/htm.js';

export const html = htm.bind(h);
export { Component, render };
