// Sign-in by OpenID Connect: authorization code with PKCE (RFC 7636), where settings.json names an issuer. Small enough to
// be written here: a public client without secret, no refresh token, no iframe, no logout.
import { challengeOf, claimsOf, randomText } from './pkce.js';

const PENDING = 'resync.signin.pending';
const SESSION = 'resync.signin.session';
const HERE = new URL('./', import.meta.url).href;
const EARLY_MILLIS = 10_000;
const SOON_MILLIS = 5_000;
const SHORT_SECONDS = 300;

// In sessionStorage, so that reloading in an incident does not begin with a redirect: it is this tab's alone and goes with it.
// Script of this origin could read it as it could call the API itself; the content security policy lets no other script in.
// Never localStorage, which every tab shares and which stays, and no refresh token, which would outlive the tab.
let session = read(SESSION);
let settings = null;
let whenOver = () => {};

function read(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

/** The token to send, or null. */
export const token = () => (session && Date.now() < session.expiresAt ? session.accessToken : null);

/**
 * Tells of a sign-in that is over, and whether it may be begun again at once: where a token is refused as soon as it is there,
 * that would go on for ever. A page on which something is half done waits for a better moment as well.
 */
export function onSignInOver(listener) {
  whenOver = listener;
}

export function tokenRefused() {
  if (!settings || !session) return;
  const lasted = Date.now() - session.since;
  session = null;
  sessionStorage.removeItem(SESSION);
  whenOver(lasted > SOON_MILLIS);
}

/** Makes sure that somebody is signed in where that is asked for. Answers false where the page is about to be left. */
export async function ready(given) {
  settings = given;
  if (!settings) return true;
  const query = new URLSearchParams(location.search);
  if (query.has('state') && (query.has('code') || query.has('error'))) {
    await finish(query);
  } else if (!token()) {
    await signIn();
    return false;
  }
  watchExpiry();
  return true;
}

function watchExpiry() {
  setTimeout(tokenRefused, Math.min(session.expiresAt - Date.now(), 2 ** 31 - 1));
}

async function provider() {
  const issuer = settings.issuer.replace(/\/$/, '');
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error(`${issuer} does not say how to sign in: it answered ${answer.status}.`);
  const said = await answer.json();
  if (said.issuer !== settings.issuer) {
    throw new Error(`${settings.issuer} calls itself ${said.issuer}. Nobody was signed in.`);
  }
  return said;
}

/** Leaves the page for the provider; it comes back to where it was. */
export async function signIn() {
  const { authorization_endpoint: endpoint } = await provider();
  const pending = { state: randomText(), nonce: randomText(), verifier: randomText(), view: location.hash };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const url = new URL(endpoint);
  Object.entries({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: HERE,
    scope: scopes(),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
  }).forEach(([name, value]) => url.searchParams.set(name, value));
  location.assign(url);
}

const scopes = () => [].concat(settings.scopes || 'openid').join(' ');

async function finish(query) {
  const pending = read(PENDING);
  sessionStorage.removeItem(PENDING);
  // The code is of no use to whoever sees the history or the address bar afterwards.
  history.replaceState(null, '', HERE + (pending ? pending.view : ''));
  if (!pending || query.get('state') !== pending.state) {
    throw new Error('This sign-in was not begun in this tab. Nobody was signed in. Try again.');
  }
  if (query.has('iss') && query.get('iss') !== settings.issuer) {
    throw new Error(`${query.get('iss')} answered in place of ${settings.issuer}. Nobody was signed in.`);
  }
  if (query.has('error')) {
    throw new Error(`${settings.issuer} refused: ${query.get('error_description') || query.get('error')}`);
  }
  const { token_endpoint: endpoint } = await provider();
  const answer = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: query.get('code'),
      redirect_uri: HERE,
      client_id: settings.clientId,
      code_verifier: pending.verifier,
    }),
  });
  if (!answer.ok) throw new Error(`${settings.issuer} gave no token: it answered ${answer.status}. Try again.`);
  const tokens = await answer.json();
  if (scopes().split(' ').includes('openid')) requireMeant(claimsOf(tokens.id_token), pending.nonce);
  session = {
    accessToken: tokens.access_token,
    since: Date.now(),
    expiresAt: Date.now() + lifetimeOf(tokens) * 1000 - EARLY_MILLIS,
  };
  sessionStorage.setItem(SESSION, JSON.stringify(session));
}

/** Seconds that the access token counts. A provider need not say it (RFC 6749, 5.1), and a token of another form may not either. */
function lifetimeOf({ expires_in: seconds, access_token: accessToken }) {
  const { exp } = claimsOf(accessToken);
  return seconds || (exp ? exp - Date.now() / 1000 : SHORT_SECONDS);
}

// Its signature need not be checked where it comes from the provider itself (OpenID Connect Core, 3.1.3.7, 6); the API checks
// that of the access token at every call.
function requireMeant(claims, nonce) {
  const meant = [].concat(claims.aud).includes(settings.clientId);
  if (claims.nonce !== nonce || claims.iss !== settings.issuer || !meant || claims.exp * 1000 < Date.now()) {
    throw new Error('The token is not the answer to this sign-in. Nobody was signed in. Try again.');
  }
}
