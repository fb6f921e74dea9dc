import type { DnsQuery } from '../../../api';
import { CorefileError, type Dispenser } from '../corefile/dispenser';
import type { DnsResult } from '../plugin';
import type { Directive } from '../setup';

/** One flag that is set or cleared. */
interface FlagRule {
  readonly flag: string;
  readonly on: boolean;
}

/** The `header` plugin: sets and clears the flags aa, ra and rd. */
export const header: Directive = {
  name: 'header',
  setUp({ words }) {
    const { queries, responses } = readRules(words);
    return {
      name: 'header',
      answer(query, _, next) {
        let asked: DnsQuery = query;
        for (const { flag, on } of queries) if (flag === 'rd') asked = { ...asked, recursionDesired: on };
        const { outcome, trace } = next(asked);
        if (outcome.unwritten) return { outcome, trace };
        let made: DnsResult = outcome;
        for (const { flag, on } of responses) {
          if (flag === 'aa') made = { ...made, authoritative: on };
          if (flag === 'ra') made = { ...made, recursionAvailable: on };
        }
        return { outcome: made, trace };
      },
    };
  },
};

const FLAGS = ['aa', 'ra', 'rd'];

function readRules(words: Dispenser) {
  const queries: FlagRule[] = [];
  const responses: FlagRule[] = [];
  while (words.next()) {
    while (words.nextBlock()) {
      const selector = words.val().toLowerCase();
      if (selector !== 'query' && selector !== 'response')
        throw new CorefileError(`setting up rule: invalid selector=${selector} should be query or response`);
      const [action, ...flags] = words.remainingArgs();
      (selector === 'query' ? queries : responses).push(...flagRules(action, flags));
    }
  }
  if (queries.length + responses.length === 0) throw words.argumentError();
  return { queries, responses };
}

function flagRules(action: string | undefined, flags: readonly string[]): readonly FlagRule[] {
  const fail = (why: string) => new CorefileError(`setting up rule: ${why}`);
  if (action === undefined) throw fail('no flag action provided');
  if (flags.length === 0) throw fail('invalid length for flags, at least one should be provided');
  const lower = action.toLowerCase();
  if (lower !== 'set' && lower !== 'clear')
    throw fail(`unknown flag action=${lower}, should be set or clear`);
  return flags.map((each) => {
    const flag = each.toLowerCase();
    if (!FLAGS.includes(flag)) throw fail(`unknown/unsupported flag=${flag}`);
    return { flag, on: lower === 'set' };
  });
}
