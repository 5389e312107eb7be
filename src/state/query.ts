/**
 * The query of the address (`?lang=fr&sample=mivb`), taken once: left there, it would undo a later choice of language or
 * open the sample again at each reload. `nosw` stays: it must hold for every load.
 */
export function takeQuery(): URLSearchParams {
  const query = new URLSearchParams(location.search);
  const rest = new URLSearchParams(query.has('nosw') ? { nosw: '' } : {}).toString();
  if (location.search) {
    history.replaceState(history.state, '', `${location.pathname}${rest ? `?${rest}` : ''}${location.hash}`);
  }
  return query;
}
