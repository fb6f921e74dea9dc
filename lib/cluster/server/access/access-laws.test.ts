import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakDown, compactRules, uncovered } from '../../../api';
import { createStore } from '../../store';
import type { Attributes, PolicyRule } from './attributes';
import { decide } from './decide';
import { PolicyIndex } from './policy-index';
import { ruleAllows } from './rule-allows';
import { bindingObject, JANE, roleObject } from './test-access';

const few = (...texts: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 });
const rule: fc.Arbitrary<PolicyRule> = fc.oneof(
  fc.record(
    {
      verbs: few('get', 'list', 'create', '*'),
      apiGroups: few('', 'apps', '*'),
      resources: few('pods', 'pods/log', '*/log', '*', 'deployments'),
      resourceNames: few('a', 'b'),
    },
    { requiredKeys: ['verbs', 'apiGroups', 'resources'] },
  ),
  fc.record({ verbs: few('get', '*'), nonResourceURLs: few('/a', '/a/*', '/b', '*') }),
) as fc.Arbitrary<PolicyRule>;
const attributes: fc.Arbitrary<Attributes> = fc.oneof(
  fc.record({
    user: fc.constant(JANE),
    verb: fc.constantFrom('get', 'list', 'create', 'delete'),
    group: fc.constantFrom('', 'apps', 'batch'),
    resource: fc.constantFrom('pods', 'deployments'),
    subresource: fc.constantFrom('', 'log', 'status'),
    namespace: fc.constantFrom('', 'default', 'prod'),
    name: fc.constantFrom('', 'a', 'b', 'c'),
  }),
  fc.constantFrom('/a', '/a/b', '/b', '/c').map((path) => ({
    ...{ user: JANE, verb: 'get', group: '', resource: '', subresource: '', namespace: '', name: '' },
    path,
  })),
);

/** Whether Jane may, once she has one role with some rules in a namespace and one in the whole cluster. */
function may(own: readonly PolicyRule[], everywhere: readonly PolicyRule[], asked: Attributes): boolean {
  const store = createStore();
  const group = 'rbac.authorization.k8s.io';
  const subject = { kind: 'User', name: JANE.user };
  store.put(`/roles.${group}/default/r`, roleObject('default', 'r', own));
  store.put(`/clusterroles.${group}//r`, roleObject('', 'r', everywhere));
  store.put(`/rolebindings.${group}/default/b`, bindingObject('default', 'Role/r', subject));
  store.put(`/clusterrolebindings.${group}//b`, bindingObject('', 'ClusterRole/r', subject));
  return decide({ store, index: new PolicyIndex() }, asked).allowed;
}

const rules = fc.array(rule, { maxLength: 4 });

describe('laws of access', () => {
  it('[RB10] one more rule takes no permission away', () => {
    fc.assert(
      fc.property(rules, rules, rule, fc.nat(4), attributes, (own, everywhere, more, at, asked) => {
        if (!may(own, everywhere, asked)) return;
        expect(may([...own.slice(0, at), more, ...own.slice(at)], everywhere, asked)).toBe(true);
        expect(may(own, [...everywhere.slice(0, at), more, ...everywhere.slice(at)], asked)).toBe(true);
      }),
    );
  });

  it('[RB10] what is allowed, some one rule allows', () => {
    fc.assert(
      fc.property(rules, rules, attributes, (own, everywhere, asked) => {
        const inPlace = asked.namespace === 'default' ? [...own, ...everywhere] : everywhere;
        expect(may(own, everywhere, asked)).toBe(inPlace.some((each) => ruleAllows(each, asked)));
      }),
    );
  });

  it('[RB4] who covers some rules is allowed all that they allow', () => {
    fc.assert(
      fc.property(rules, rules, attributes, (held, wanted, asked) => {
        if (uncovered(held, wanted).length > 0) return;
        if (wanted.some((each) => ruleAllows(each, asked))) {
          expect(held.some((each) => ruleAllows(each, asked))).toBe(true);
        }
      }),
    );
  });

  it('[RB4] rules cover themselves, in parts and put together again', () => {
    fc.assert(
      fc.property(rules, attributes, (some, asked) => {
        const parts = some.flatMap(breakDown);
        expect(uncovered(some, some)).toEqual([]);
        const allowed = some.some((each) => ruleAllows(each, asked));
        expect(parts.some((each) => ruleAllows(each, asked))).toBe(allowed);
        expect(compactRules(parts).some((each) => ruleAllows(each, asked))).toBe(allowed);
      }),
    );
  });
});
