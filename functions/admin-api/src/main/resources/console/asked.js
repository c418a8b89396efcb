// Runs that were asked for on this page: until their executions admit them nobody knows them.
const asked = new Set();

export const rememberAsked = (runId) => asked.add(runId);
export const wasAsked = (runId) => asked.has(runId);
