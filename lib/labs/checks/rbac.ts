import { z } from 'zod';
import type { Finding } from '../seams';
import { defineCheck, firstUnmet, MET } from './check-kind';

const deed = z.strictObject({
  verbs: z.array(z.string()).min(1),
  /** "services", "deployments.apps", "pods/log". */
  resource: z.string(),
  /** The check's namespace when left out; "*" for all of them. */
  namespace: z.string().optional(),
  name: z.string().optional(),
});

const schema = z
  .strictObject({
    namespace: z.string().default('default'),
    /** A service account of the namespace, … */
    serviceAccount: z.string().optional(),
    /** … or a user with groups. */
    user: z.string().optional(),
    groups: z.array(z.string()).default([]),
    can: z.array(deed).default([]),
    cannot: z.array(deed).default([]),
  })
  .refine((fields) => (fields.serviceAccount === undefined) !== (fields.user === undefined), {
    error: 'needs serviceAccount or user',
  })
  .refine((fields) => fields.can.length + fields.cannot.length > 0, { error: 'needs can or cannot' });
type Fields = z.infer<typeof schema>;

/** An identity may do these things and may not do those, as the API server itself decides. */
export const rbacCheck = defineCheck('rbac', schema, async (fields, evidence): Promise<Finding> => {
  const { client, view } = evidence.fork();
  const { serviceAccount, namespace } = fields;
  if (serviceAccount !== undefined && !view.get('serviceaccounts', namespace, serviceAccount))
    return {
      outcome: 'not-met',
      reason: `There is no ServiceAccount "${serviceAccount}" in namespace ${namespace}.`,
      expected: serviceAccount,
      actual: view
        .list('serviceaccounts', namespace)
        .map((each) => each.metadata.name)
        .join(', '),
    };
  const ask = async (what: z.infer<typeof deed>, verb: string): Promise<boolean> => {
    const answer = await client.create(
      { group: 'authorization.k8s.io', version: 'v1', resource: 'subjectaccessreviews' },
      '',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        metadata: {},
        spec: { ...identity(fields), resourceAttributes: attributes(what, verb, namespace) },
      } as Parameters<typeof client.create>[2],
    );
    return (answer.object as { status?: { allowed?: boolean } }).status?.allowed === true;
  };
  const each = (deeds: readonly z.infer<typeof deed>[], right: boolean) =>
    deeds.flatMap((what) =>
      what.verbs.map((verb) => async (): Promise<Finding> => {
        if ((await ask(what, verb)) === right) return MET;
        const where =
          what.namespace === '*' ? 'in all namespaces' : `in namespace ${what.namespace ?? namespace}`;
        return {
          outcome: 'not-met',
          reason: `${who(fields)} ${right ? 'may not' : 'may'} ${verb} ${what.resource}${what.name ? ` "${what.name}"` : ''} ${where}.`,
          expected: right ? 'allowed' : 'forbidden',
          actual: right ? 'forbidden' : 'allowed',
        };
      }),
    );
  return firstUnmet([...each(fields.can, true), ...each(fields.cannot, false)]);
});

const who = ({ serviceAccount, user }: Fields): string =>
  serviceAccount === undefined ? `User ${user}` : `ServiceAccount ${serviceAccount}`;

function identity({ namespace, serviceAccount, user, groups }: Fields) {
  if (serviceAccount === undefined) return { user, groups: [...groups, 'system:authenticated'] };
  return {
    user: `system:serviceaccount:${namespace}:${serviceAccount}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

function attributes(what: z.infer<typeof deed>, verb: string, home: string) {
  const [qualified = '', subresource] = what.resource.split('/');
  const [resource = '', ...group] = qualified.split('.');
  const namespace = what.namespace === '*' ? '' : (what.namespace ?? home);
  return { namespace, verb, group: group.join('.'), resource, subresource, name: what.name };
}
