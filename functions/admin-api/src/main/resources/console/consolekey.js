// Where `resync console` serves the page, the address that it printed ends in a key, and each request shows it. Other programs
// and users of the machine can ask the same port, and have no key; browsers keep cookies for all ports of a machine alike.
const NAME = 'resync.console.key';

const given = /^#key=([\w-]+)$/.exec(location.hash);
if (given) {
  // In this tab alone, so that it can be loaded again; gone from the address bar and the history.
  sessionStorage.setItem(NAME, given[1]);
  history.replaceState(null, '', location.pathname + location.search);
}

/** The key to show; null where the page is served otherwise. */
export const consoleKey = () => sessionStorage.getItem(NAME);
