/** Who is given a default ClusterRole of the same name: `User:<name>`, `Group:<name>`, `ServiceAccount:<ns>/<name>`. */
export const CLUSTER_BINDINGS: Readonly<Record<string, readonly string[]>> = {
  'cluster-admin': ['Group:system:masters'],
  'system:monitoring': ['Group:system:monitoring'],
  'system:discovery': ['Group:system:authenticated'],
  'system:basic-user': ['Group:system:authenticated'],
  'system:public-info-viewer': ['Group:system:authenticated', 'Group:system:unauthenticated'],
  'system:node-proxier': ['User:system:kube-proxy'],
  'system:kube-controller-manager': ['User:system:kube-controller-manager'],
  'system:kube-dns': ['ServiceAccount:kube-system/kube-dns'],
  'system:kube-scheduler': ['User:system:kube-scheduler'],
  'system:volume-scheduler': ['User:system:kube-scheduler'],
  // The Node authorizer has taken its place; nobody is bound to it any more.
  'system:node': [],
  'system:service-account-issuer-discovery': ['Group:system:serviceaccounts'],
};

/** The default RoleBindings: namespace, name, Role, subjects. */
export const ROLE_BINDINGS: readonly (readonly [
  namespace: string,
  name: string,
  role: string,
  subjects: readonly string[],
])[] = [
  [
    'kube-public',
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    ['ServiceAccount:kube-system/bootstrap-signer'],
  ],
  [
    'kube-system',
    'system::extension-apiserver-authentication-reader',
    'extension-apiserver-authentication-reader',
    ['User:system:kube-controller-manager', 'User:system:kube-scheduler'],
  ],
  [
    'kube-system',
    'system::leader-locking-kube-controller-manager',
    'system::leader-locking-kube-controller-manager',
    ['User:system:kube-controller-manager', 'ServiceAccount:kube-system/kube-controller-manager'],
  ],
  [
    'kube-system',
    'system::leader-locking-kube-scheduler',
    'system::leader-locking-kube-scheduler',
    ['User:system:kube-scheduler', 'ServiceAccount:kube-system/kube-scheduler'],
  ],
  [
    'kube-system',
    'system:controller:bootstrap-signer',
    'system:controller:bootstrap-signer',
    ['ServiceAccount:kube-system/bootstrap-signer'],
  ],
  [
    'kube-system',
    'system:controller:cloud-provider',
    'system:controller:cloud-provider',
    ['ServiceAccount:kube-system/cloud-provider'],
  ],
  [
    'kube-system',
    'system:controller:token-cleaner',
    'system:controller:token-cleaner',
    ['ServiceAccount:kube-system/token-cleaner'],
  ],
];
