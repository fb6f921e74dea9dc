import type { KubeObject } from '../../../api';
import { createNamespaceManual, createServiceaccountManual } from '../../manual';
import type { Command, ParsedArgs } from '../../seams';
import { openSession } from '../../session';
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
