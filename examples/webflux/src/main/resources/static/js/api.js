// The server, as functions. Every failure is an Error with a title and with what to do about it.

export class Problem extends Error {
  constructor(title, detail, status, type) {
    super(detail);
    this.title = title;
    this.status = status;
    this.type = type;
  }
}

/** A proxy answered in place of the application. */
const NOT_OURS = 'The server did not answer this itself; it may be starting anew. Try again in some seconds.';
const OURS = 'urn:unfriend:problem:';

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Problem('No answer', 'The server cannot be reached. Is it still running?', 0);
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => null) ?? {};
  throw new Problem(problem.title ?? `HTTP ${response.status}`, problem.detail ?? NOT_OURS, response.status, problem.type);
}

const json = async (path, options) => (await ask(path, options)).json();

export const start = (list, contentType, type) => json(`/deletions?type=${type}`, {
  method: 'POST',
  headers: { 'Content-Type': contentType, Prefer: 'respond-async' },
  body: list,
});

export const list = () => json('/deletions');
export const progress = (id) => json(`/deletions/${id}`);
/** Whether the server says so itself: proxies, too, answer 404 for what is not there at the moment. */
export const isGone = (id) => progress(id).then(
  () => false,
  (problem) => problem.status === 404 && String(problem.type).startsWith(OURS),
);
export const pause = (id) => json(`/deletions/${id}/pause`, { method: 'POST' });
export const resume = (id) => json(`/deletions/${id}/resume`, { method: 'POST' });
export const cancel = (id) => json(`/deletions/${id}`, { method: 'DELETE' });
/** Null when the real service is called. */
export async function sandbox() {
  const response = await ask('/sandbox');
  return response.status === 204 ? null : response.json();
}
export const demoList = async (faults) => (await ask(`/sandbox/list?faults=${faults}`, { method: 'POST' })).blob();
