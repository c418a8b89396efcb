/** Answers {issuer, clientId, scopes} where the API takes tokens; null where whoever calls is known by other means. */
export async function signInSettings() {
  const answer = await fetch(new URL('settings.json', import.meta.url), { cache: 'no-store' });
  if (!answer.ok) throw new Error(`The settings of this page cannot be read: the answer was ${answer.status}.`);
  return (await answer.json()).signIn || null;
}
