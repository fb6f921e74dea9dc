/** What node-postgres says when no connection came free, or none could be opened, while one was waited for. */
const WORDS = ['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout'];
/** PostgreSQL has no connection left; Prisma's words for that, and for a transaction that never got one. */
const CODES = ['53300', 'P2037', 'P2028'];
const NOT_BEGUN = 'Unable to start a transaction';

/** Whether something failed only because no connection to the database came free in time: trying again later is right. */
export function isStarved(error: unknown): boolean {
  // A library in between has its own error, and ours as its cause.
  for (let each = error; each instanceof Error; each = each.cause) {
    const { message } = each;
    if (WORDS.some((words) => message.includes(words))) return true;
    const code = 'code' in each ? String(each.code) : '';
    if (CODES.includes(code) && (code !== 'P2028' || message.includes(NOT_BEGUN))) return true;
  }
  return false;
}
