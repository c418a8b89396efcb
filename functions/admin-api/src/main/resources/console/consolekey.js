// Where `resync console` serves the page, the address that it printed ends in a key, and each request shows it. Other programs
// and users of the machine can ask the same port, and have no key; browsers keep cookies for all ports of a machine alike.
const NAME = 'resync.console.key';

/** Takes the key of the address: for this tab alone, so that it can be loaded again; gone from address bar and history. */
function take() {
  const given = /^#key=([\w-]+)$/.exec(location.hash);
  if (!given) return false;
  sessionStorage.setItem(NAME, given[1]);
  history.replaceState(null, '', location.pathname + location.search);
  return true;
}

take();
// Opened in a tab that shows the page already, an address of another key changes its end and loads nothing.
addEventListener('hashchange', () => take() && location.reload());

/** The key to show; null where the page is served otherwise. */
export const consoleKey = () => sessionStorage.getItem(NAME);
