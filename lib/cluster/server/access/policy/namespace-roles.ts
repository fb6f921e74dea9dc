import { EVENTS } from './cluster-roles';

/** The default Roles of kube-system and kube-public (bootstrappolicy/namespace_policy.go). */
export const NAMESPACE_ROLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'kube-public': {
    'system:controller:bootstrap-signer': [
      'get,list,watch core configmaps',
      'update core configmaps cluster-info',
      EVENTS,
    ],
  },
  'kube-system': {
    'extension-apiserver-authentication-reader': [
      'get,list,watch core configmaps extension-apiserver-authentication',
    ],
    'system::leader-locking-kube-controller-manager': [
      'watch core configmaps',
      'get,update core configmaps kube-controller-manager',
    ],
    'system::leader-locking-kube-scheduler': [
      'watch core configmaps',
      'get,update core configmaps kube-scheduler',
    ],
    'system:controller:bootstrap-signer': ['get,list,watch core secrets'],
    'system:controller:cloud-provider': ['create,get,list,watch core configmaps'],
    'system:controller:token-cleaner': ['get,list,watch,delete core secrets', EVENTS],
  },
};
