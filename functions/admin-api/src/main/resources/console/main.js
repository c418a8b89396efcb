import { html, render } from './dom.js';
import { App } from './app.js';
import { ready } from './signin.js';
import { signInSettings } from './settings.js';

const page = document.getElementById('page');

try {
  if (await ready(await signInSettings())) {
    page.textContent = '';
    render(html`<${App} />`, page);
  }
} catch (failure) {
  page.textContent = '';
  const again = new URL('./', import.meta.url).href;
  render(
    html`<main class="alone"><h1>Not signed in</h1><p role="alert">${failure.message}</p><p><a href=${again}>Try again</a></p></main>`,
    page,
  );
}
