import type { KubeObject } from '../../../api';
import { parseQuantity } from '../../../base';
import { bool, int, text } from '../../flags';
import { createPoddisruptionbudgetManual, createPriorityclassManual, createQuotaManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { parseLabelText } from '../pairs';
import { createGenerated, oneName } from './generate';

/** `kubectl create quota`. */
export const createQuota: Command<ParsedArgs> = {
  ...createQuotaManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create quota');
    const hard = amounts(text(args, 'hard'));
    const scopes = text(args, 'scopes') === '' ? [] : text(args, 'scopes').split(',');
    const twice = scopes.find((scope, index) => scopes.indexOf(scope) < index);
    if (twice !== undefined) throw fail(`duplicate scope ${twice} is not allowed`);
    const object = {
      kind: 'ResourceQuota',
      apiVersion: 'v1',
      metadata: { name },
      spec: { ...(hard ? { hard } : {}), ...(scopes.length > 0 ? { scopes } : {}) },
      status: {},
    } as unknown as KubeObject;
    const ref = { group: '', version: 'v1', resource: 'resourcequotas' };
    return createGenerated(openSession(args, env), { ref, object, failure: 'failed to create quota: ' });
  },
};

const BAD_QUANTITY =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** "pods=3,cpu=1" (generate's populateResourceListV1). */
function amounts(words: string): Readonly<Record<string, string>> | undefined {
  if (words === '') return undefined;
  return Object.fromEntries(
    words.split(',').map((part) => {
      const [name = '', value, ...more] = part.split('=');
      if (value === undefined || more.length > 0)
        throw fail(`Invalid argument syntax ${part}, expected <resource>=<value>`);
      const quantity = parseQuantity(value);
      if (quantity === undefined) throw fail(BAD_QUANTITY);
      return [name, value];
    }),
  );
}

/** `kubectl create poddisruptionbudget`. */
export const createDisruptionBudget: Command<ParsedArgs> = {
  ...createPoddisruptionbudgetManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create poddisruptionbudget');
    const least = text(args, 'min-available');
    const most = text(args, 'max-unavailable');
    if (text(args, 'selector') === '') throw fail('a selector must be specified');
    if (least === '' && most === '') throw fail('one of min-available or max-unavailable must be specified');
    if (least !== '' && most !== '') throw fail('min-available and max-unavailable cannot be both specified');
    for (const [flag, words] of [
      ['min-available', least],
      ['max-unavailable', most],
    ] as const)
      if (words !== '' && !/^-?\d+%?$/.test(words)) throw fail(`invalid format specified for ${flag}`);
    const selector = { matchLabels: parseLabelText(text(args, 'selector')) };
    const object = {
      kind: 'PodDisruptionBudget',
      apiVersion: 'policy/v1',
      metadata: { name },
      spec: {
        ...(least === '' ? {} : { minAvailable: countOrShare(least) }),
        selector,
        ...(most === '' ? {} : { maxUnavailable: countOrShare(most) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    } as unknown as KubeObject;
    const ref = { group: 'policy', version: 'v1', resource: 'poddisruptionbudgets' };
    return createGenerated(openSession(args, env), {
      ref,
      object,
      failure: 'failed to create poddisruptionbudgets: ',
    });
  },
};

const countOrShare = (words: string): number | string => (/^-?\d+$/.test(words) ? Number(words) : words);

/** `kubectl create priorityclass`. */
export const createPriorityClass: Command<ParsedArgs> = {
  ...createPriorityclassManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create priorityclass');
    const description = text(args, 'description');
    const object = {
      kind: 'PriorityClass',
      apiVersion: 'scheduling.k8s.io/v1',
      metadata: { name },
      value: int(args, 'value', 0),
      ...(bool(args, 'global-default') ? { globalDefault: true } : {}),
      ...(description === '' ? {} : { description }),
      preemptionPolicy: text(args, 'preemption-policy', 'PreemptLowerPriority'),
    } as unknown as KubeObject;
    const ref = { group: 'scheduling.k8s.io', version: 'v1', resource: 'priorityclasses' };
    return createGenerated(openSession(args, env), {
      ref,
      object,
      namespaced: false,
      failure: 'failed to create priorityclass: ',
    });
  },
};
