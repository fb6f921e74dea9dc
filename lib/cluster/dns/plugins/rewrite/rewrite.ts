import { isDomainName } from '../../../../api';
import { CorefileError, type Dispenser } from '../../corefile/dispenser';
import { canonicalName } from '../../names';
import { dnsHop, emptyAnswer, unwritten } from '../../plugin';
import type { Directive } from '../../setup';
import { nameRule } from './name-rule';
import { applyResponseRules, type ResponseRule } from './response-rule';
import { cnameRule, fieldRule, type Rule, rcodeRule, timeRule } from './rule';

/** The `rewrite` plugin: changes questions on their way in, and answers on their way out. */
export const rewrite: Directive = {
  name: 'rewrite',
  setUp({ words, place }) {
    const rules = readRules(words);
    return {
      name: 'rewrite',
      answer(query, world, next) {
        let asked = query;
        let responses: readonly ResponseRule[] = [];
        const hops = [];
        let stopped = false;
        for (const rule of rules) {
          const done = rule.rewrite(asked, world);
          if (done === undefined) continue;
          if (!isDomainName(done.query.name)) {
            const error = `invalid name after rewrite: ${done.query.name}`;
            return {
              outcome: unwritten('SERVFAIL', error),
              trace: [...hops, dnsHop(`rewrite ${rule.told} (${place})`, error)],
            };
          }
          if (done.query !== asked) {
            const effect = `asks ${canonicalName(done.query.name)} ${done.query.type} instead of ${canonicalName(asked.name)} ${asked.type}`;
            hops.push(dnsHop(`rewrite ${rule.told} (${place})`, effect));
          }
          asked = done.query;
          responses = [...responses, ...done.responses];
          stopped = rule.mode === 'stop';
          if (stopped) break;
        }
        const { outcome, trace } = next(asked);
        // After a rule that stops, even a bare code is written here, so that the question can be put back.
        const written =
          outcome.unwritten && stopped ? { ...emptyAnswer(outcome.code), error: outcome.error } : outcome;
        const result = written.unwritten ? written : applyResponseRules(written, responses);
        return { outcome: result, trace: [...hops, ...trace] };
      },
    };
  },
};

function readRules(words: Dispenser): readonly Rule[] {
  const rules: Rule[] = [];
  while (words.next()) {
    const args = [...words.remainingArgs()];
    if (args.length < 2) while (words.nextBlock()) args.push(words.val());
    rules.push(readRule(args));
  }
  return rules;
}

const EDNS_ACTIONS = ['replace', 'set', 'append', 'unset'];

function readRule(args: readonly string[]): Rule {
  const [first, ...rest] = args;
  if (first === undefined) throw new CorefileError('no rule type specified for rewrite');
  const lower = first.toLowerCase();
  const mode = lower === 'continue' ? 'continue' : 'stop';
  const explicit = lower === 'continue' || lower === 'stop';
  if (explicit && rest.length === 0) throw new CorefileError(`${lower} rule must begin with a rule type`);
  const [kind = '', ...own] = explicit ? [(rest[0] ?? '').toLowerCase(), ...rest.slice(1)] : [lower, ...rest];
  switch (kind) {
    case 'answer':
      throw new CorefileError('response rewrites must begin with a name rule');
    case 'name':
      return nameRule(mode, own);
    case 'class':
    case 'type':
      if (own.length !== 2) throw new CorefileError(`${kind} rules must have exactly two arguments`);
      return fieldRule(mode, kind, own);
    case 'ttl':
      return timeRule(mode, own);
    case 'cname':
      return cnameRule(mode, own);
    case 'rcode':
      return rcodeRule(mode, own);
    case 'edns0':
      return optionRule(mode, own);
    default:
      throw new CorefileError(`invalid rule type ${JSON.stringify(first)}`);
  }
}

/** EDNS options go upstream with the question and change nothing that anybody sees here. */
function optionRule(mode: Rule['mode'], args: readonly string[]): Rule {
  if (args.length < 2) throw new CorefileError('too few arguments for an EDNS0 rule');
  const [, action = ''] = args.map((each) => each.toLowerCase());
  if (!EDNS_ACTIONS.includes(action)) throw new CorefileError(`invalid action: ${JSON.stringify(action)}`);
  return { mode, told: `edns0 ${args.join(' ')}`, rewrite: () => undefined };
}
