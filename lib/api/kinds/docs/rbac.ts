import { type Docs, objectFields } from './docs';

/** Roles and bindings (rbac.authorization.k8s.io/v1). */
export const rbacDocs: Docs = {
  AggregationRule: {
    description: 'AggregationRule makes a ClusterRole of other ones.',
    fields: { clusterRoleSelectors: 'Picks ClusterRoles by their labels; their rules are added up.' },
  },
  ClusterRole: {
    description:
      'ClusterRole is a set of permissions that can be given for the whole cluster or, by a RoleBinding, for one namespace.',
    fields: objectFields({
      aggregationRule: 'Other ClusterRoles to add up. The rules are then written by a controller.',
      rules: 'The permissions. There are none that forbid.',
    }),
  },
  ClusterRoleBinding: {
    description:
      'ClusterRoleBinding gives the permissions of a ClusterRole to subjects, in the whole cluster.',
    fields: objectFields({
      roleRef: 'The ClusterRole. It cannot be changed.',
      subjects: 'Who gets the permissions.',
    }),
  },
  PolicyRule: {
    description: 'PolicyRule permits verbs on resources, or on paths that are no resources.',
    fields: {
      apiGroups: 'The groups of the resources; an empty text is the core group, * all.',
      nonResourceURLs: 'Paths such as /healthz or /metrics/*, in ClusterRoles only.',
      resourceNames: 'Objects by name. Left out, all. Names cannot restrict create and deletecollection.',
      resources: 'The resources, such as pods or pods/log; * is all.',
      verbs:
        'What is permitted: get, list, watch, create, update, patch, delete, deletecollection ...; * is all.',
    },
  },
  Role: {
    description: 'Role is a set of permissions in its namespace.',
    fields: objectFields({ rules: 'The permissions. There are none that forbid.' }),
  },
  RoleBinding: {
    description:
      'RoleBinding gives the permissions of a Role or ClusterRole to subjects, in its own namespace.',
    fields: objectFields({
      roleRef: 'The Role of the same namespace, or the ClusterRole. It cannot be changed.',
      subjects: 'Who gets the permissions.',
    }),
  },
  RoleRef: {
    description: 'RoleRef names a role.',
    fields: {
      apiGroup: 'rbac.authorization.k8s.io.',
      kind: 'Role or ClusterRole.',
      name: 'The name of the role.',
    },
  },
  Subject: {
    description: 'Subject is somebody who gets permissions.',
    fields: {
      apiGroup:
        'The group of the kind. Defaults to empty for ServiceAccount, to rbac.authorization.k8s.io for User and Group.',
      kind: 'User, Group or ServiceAccount.',
      name: 'The name.',
      namespace: 'The namespace of a ServiceAccount.',
    },
  },
};
