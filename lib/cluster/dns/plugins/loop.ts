import { CorefileError } from '../corefile/dispenser';
import { normalizeZones } from '../corefile/zones';
import { type Directive, ONLY_ONCE } from '../setup';

/**
 * The `loop` plugin: at the start the server asks itself for a name that nobody else could ask for; when that question
 * comes back to it, it stops. The asking is the server's (`server/find-loop.ts`).
 */
export const loop: Directive = {
  name: 'loop',
  setUp({ words, block, blockKeys }) {
    let seen = 0;
    while (words.next()) {
      if (seen > 0) throw new CorefileError(ONLY_ONCE);
      seen += 1;
      if (words.nextArg()) throw words.argumentError();
    }
    block.loopZone = normalizeZones(blockKeys[0] ?? '.')[0] ?? '.';
    return { name: 'loop', answer: (query, _, next) => next(query) };
  },
};
