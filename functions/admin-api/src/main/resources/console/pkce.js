// What PKCE needs, from the browser's own cryptography.
const BYTES = 32;

const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** 256 random bits as 43 characters, as RFC 7636 wants a verifier to be. */
export const randomText = () => base64url(crypto.getRandomValues(new Uint8Array(BYTES)));

/** The challenge of a verifier by method S256. */
export async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** What a token says, unchecked; an empty object where it is none. */
export function claimsOf(jwt) {
  try {
    const part = jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0))));
  } catch {
    return {};
  }
}
