import type { Secret, ServiceAccount, Stored, View } from '../../api';
import { decodeBase64, encodeBase64 } from '../../base';
import { ROOT_CA } from '../root-ca';
import type { Action, Controller } from '../seams';
import { keyOf } from './keys';
import { updateObject } from './patch-status';
import { planOf } from './plan';
import { REFS } from './refs';

const TYPE = 'kubernetes.io/service-account-token';
const ACCOUNT_NAME = 'kubernetes.io/service-account.name';
const ACCOUNT_UID = 'kubernetes.io/service-account.uid';

/** Makes the token that a Secret holds for an account. */
export type SignSecret = (account: Stored<ServiceAccount>, secret: Stored<Secret>) => string;

/**
 * Fills Secrets of service accounts with a token, the root certificate and the namespace, and deletes those whose
 * account is gone (tokens_controller). Keys are Secrets', or a namespace whose accounts changed.
 */
export function serviceAccountTokens(sign: SignSecret): Controller {
  return {
    name: 'tokens-controller',
    identity: () => ({ user: 'system:kube-controller-manager', groups: ['system:authenticated'] }),
    watches: [
      { resource: 'secrets', keys: (object) => (isToken(object) ? [keyOf(object)] : []) },
      {
        resource: 'serviceaccounts',
        keys: (object, previous) => {
          const same = object !== undefined && object.metadata.uid === previous?.metadata.uid;
          return same ? [] : [(object ?? previous)?.metadata.namespace ?? ''];
        },
      },
    ],
    reconcile(view, key) {
      const [namespace = '', name] = key.split('/');
      const secrets = view.list<Secret>('secrets', namespace).filter(isToken);
      const asked = name === undefined ? secrets : secrets.filter((each) => each.metadata.name === name);
      return planOf(asked.map((secret) => sync(view, sign, secret)));
    },
  };
}

function isToken(object: Stored | undefined): object is Stored<Secret> {
  return object !== undefined && (object as Stored<Secret>).type === TYPE;
}

function sync(view: View, sign: SignSecret, secret: Stored<Secret>): Action | undefined {
  const { namespace = '', name, uid, annotations = {} } = secret.metadata;
  const owner = annotations[ACCOUNT_NAME] ?? '';
  const account = view.get<ServiceAccount>('serviceaccounts', namespace, owner);
  const wanted = annotations[ACCOUNT_UID] ?? '';
  if (account && (wanted === '' || wanted === account.metadata.uid)) return fill(sign, account, secret);
  const options = { preconditions: { uid } };
  return { verb: 'delete', ref: REFS.secrets, namespace, name, options };
}

function fill(sign: SignSecret, account: Stored<ServiceAccount>, secret: Stored<Secret>): Action | undefined {
  const { data = {}, metadata } = secret;
  const missing = {
    ...(decodeBase64(data['ca.crt'] ?? '') === ROOT_CA ? {} : { 'ca.crt': encodeBase64(ROOT_CA) }),
    ...(data.namespace ? {} : { namespace: encodeBase64(metadata.namespace ?? '') }),
    ...(data.token ? {} : { token: encodeBase64(sign(account, secret)) }),
  };
  if (Object.keys(missing).length === 0) return undefined;
  const annotations = { [ACCOUNT_NAME]: account.metadata.name, [ACCOUNT_UID]: account.metadata.uid };
  return updateObject(REFS.secrets, secret, { data: missing, metadata: { annotations } });
}
