import type { People } from '../accounts';
import { requestContext } from './request-context';

/** One page asks several times within moments who its reader is; whoever goes on for longer than that asks again. */
const KNOWN_MS = 5_000;

/**
 * People who are looked up once for a request that only reads. What is sent may change who somebody is, or what they may
 * do, before the answer is written: for it, each look is a look.
 */
export function knownWithinRequests(people: People): People {
  const identify: People['identify'] = (cookies) => {
    const context = requestContext();
    if (context === undefined || !context.reads) return people.identify(cookies);
    const { known } = context;
    if (known !== undefined && known.cookies === cookies && performance.now() < known.until)
      return known.identity;
    const identity = people.identify(cookies);
    context.known = { cookies, identity, until: performance.now() + KNOWN_MS };
    return identity;
  };
  return { ...people, identify, find: async (cookies) => (await identify(cookies)).person };
}
