import type { KubeObject } from '../../../api';
import { duration, list, text } from '../../flags';
import { createNamespaceManual, createServiceaccountManual, createTokenManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession } from '../../session';
import { createGenerated, oneName } from './generate';

const ACCOUNTS = { group: '', version: 'v1', resource: 'serviceaccounts' };

/** `kubectl create namespace`. */
export const createNamespace: Command<ParsedArgs> = {
  ...createNamespaceManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create namespace');
    const object = {
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: { name },
      spec: {},
      status: {},
    } as KubeObject;
    const ref = { group: '', version: 'v1', resource: 'namespaces' };
    return createGenerated(openSession(args, env), { ref, object, namespaced: false, failure: '' });
  },
};

/** `kubectl create serviceaccount`. */
export const createServiceAccount: Command<ParsedArgs> = {
  ...createServiceaccountManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create serviceaccount');
    const object: KubeObject = { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name } };
    return createGenerated(openSession(args, env), {
      ref: ACCOUNTS,
      object,
      failure: 'failed to create serviceaccount: ',
    });
  },
};

/** `kubectl create token`. */
export const createToken: Command<ParsedArgs> = {
  ...createTokenManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create token');
    const session = openSession(args, env);
    const lifetime = duration(args, 'duration', 0);
    const audiences = list(args, 'audience');
    const spec = {
      ...(audiences.length === 0 ? {} : { audiences }),
      ...(lifetime > 0 ? { expirationSeconds: lifetime / 1000 } : {}),
    };
    const object = {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { name },
      spec,
    } as KubeObject;
    const answer = await session.client.create(ACCOUNTS, session.namespace, object, {
      name,
      subresource: 'token',
    });
    const { status } = (await session.heed(answer)) as unknown as { status?: { token?: string } };
    if (!status?.token) throw fail('failed to create token: no token in server response');
    await session.out(
      text(args, 'output') === '' ? `${status.token}\n` : `${JSON.stringify(answer.object)}\n`,
    );
    return 0;
  },
};
