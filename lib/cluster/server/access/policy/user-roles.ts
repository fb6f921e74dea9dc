const WORKLOADS =
  'statefulsets,statefulsets/scale,daemonsets,deployments,deployments/scale,deployments/rollback,replicasets,replicasets/scale';

/** What the roles meant for people are gathered from: each adds to admin, edit or view. */
export const AGGREGATED_RULES: Readonly<Record<'admin' | 'edit' | 'view', readonly string[]>> = {
  admin: [
    'create authorization.k8s.io localsubjectaccessreviews',
    'ReadWrite rbac.authorization.k8s.io roles,rolebindings',
  ],
  edit: [
    'Read core pods/attach,pods/proxy,pods/exec,pods/portforward,secrets,services/proxy',
    'impersonate core serviceaccounts',
    'Write core pods,pods/attach,pods/proxy,pods/exec,pods/portforward',
    'create core pods/eviction',
    'Write core replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/proxy,persistentvolumeclaims,configmaps,secrets',
    'create core serviceaccounts/token',
    'Write core,events.k8s.io events',
    `Write apps ${WORKLOADS}`,
    'Write autoscaling horizontalpodautoscalers',
    'Write batch jobs,cronjobs',
    'Write extensions daemonsets,deployments,deployments/scale,deployments/rollback,ingresses,replicasets,replicasets/scale,replicationcontrollers/scale,networkpolicies',
    'Write policy poddisruptionbudgets',
    'Write networking.k8s.io networkpolicies,ingresses',
    'ReadWrite coordination.k8s.io leases',
    'Write resource.k8s.io resourceclaims,resourceclaimtemplates',
  ],
  view: [
    'Read core pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,configmaps',
    'Read core limitranges,resourcequotas,bindings,pods/status,resourcequotas/status,namespaces/status,replicationcontrollers/status,pods/log',
    'Read core namespaces',
    'Read core,events.k8s.io events',
    'Read discovery.k8s.io endpointslices',
    'Read apps controllerrevisions,statefulsets,statefulsets/status,statefulsets/scale,daemonsets,daemonsets/status,deployments,deployments/status,deployments/scale,replicasets,replicasets/status,replicasets/scale',
    'Read autoscaling horizontalpodautoscalers,horizontalpodautoscalers/status',
    'Read batch jobs,cronjobs,cronjobs/status,jobs/status',
    'Read extensions daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale,networkpolicies',
    'Read policy poddisruptionbudgets,poddisruptionbudgets/status',
    'Read networking.k8s.io networkpolicies,ingresses,ingresses/status',
    'Read resource.k8s.io resourceclaims,resourceclaims/status,resourceclaimtemplates',
  ],
};
