import type { Directive } from '../setup';
import { responseClass, responseType } from './response-type';

/** The `minimal` plugin: answers come without authority and additional sections. */
export const minimal: Directive = {
  name: 'minimal',
  setUp({ words }) {
    words.next();
    if (words.nextArg()) throw words.argumentError();
    return {
      name: 'minimal',
      answer(query, _, next) {
        const { outcome, trace } = next(query);
        if (outcome.unwritten || outcome.silent) return { outcome, trace };
        const type = responseType(query, outcome);
        const whole = responseClass(type) !== 'success' || type === 'DELEGATION';
        return { outcome: whole ? outcome : { ...outcome, authority: [], additional: [] }, trace };
      },
    };
  },
};
