// Views are named after the hash, so that the page needs one file whatever prefix it is served under.

/** Answers {page, id, tab} of a hash such as #/runs/ID/receipt. */
export function routeOf(hash) {
  const [page, id, tab] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  return { page: page || 'runs', id: id || null, tab: tab || null };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const runLink = (id, tab) => `#/runs/${encodeURIComponent(id)}${tab ? `/${tab}` : ''}`;

export function go(link) {
  location.hash = link;
}
