/** Events of both groups, as every component tells them. */
export const EVENTS = 'create,update,patch core,events.k8s.io events';

const HEALTH = '/livez,/readyz,/healthz';

/**
 * The rules of the default ClusterRoles of v1.35 with the gates on that are on by default
 * (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go).
 */
export const CLUSTER_ROLES: Readonly<Record<string, readonly string[]>> = {
  'cluster-admin': ['* * *', '* *'],
  'system:discovery': [`get ${HEALTH},/version,/version/,/openapi,/openapi/*,/api,/api/*,/apis,/apis/*`],
  'system:monitoring': [
    `get /metrics,/metrics/slis,${HEALTH},/livez/*,/readyz/*,/healthz/*`,
    'get core nodes/metrics',
  ],
  'system:basic-user': [
    'create authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews',
    'create authentication.k8s.io selfsubjectreviews',
  ],
  'system:public-info-viewer': [`get ${HEALTH},/version,/version/`],
  'system:heapster': ['Read core events,pods,nodes,namespaces', 'Read extensions deployments'],
  'system:node-problem-detector': ['get core nodes', 'patch core nodes/status', EVENTS],
  'system:node-bootstrapper': ['create,get,list,watch certificates.k8s.io certificatesigningrequests'],
  'system:auth-delegator': [
    'create authentication.k8s.io tokenreviews',
    'create authorization.k8s.io subjectaccessreviews',
  ],
  'system:kube-aggregator': ['Read core services,endpoints'],
  'system:kube-controller-manager': [
    EVENTS,
    'create coordination.k8s.io leases',
    'get,update coordination.k8s.io leases kube-controller-manager',
    'create core secrets,serviceaccounts',
    'delete core secrets',
    'get core namespaces,secrets,serviceaccounts,configmaps',
    'update core secrets,serviceaccounts',
    'create authentication.k8s.io tokenreviews',
    'create authorization.k8s.io subjectaccessreviews',
    'list,watch * *',
    'create core serviceaccounts/token',
  ],
  'system:kube-dns': ['list,watch core endpoints,services'],
  'system:persistent-volume-provisioner': [
    'get,list,watch,create,delete core persistentvolumes',
    'get,list,watch,update core persistentvolumeclaims',
    'Read storage.k8s.io storageclasses',
    'watch core events',
    EVENTS,
  ],
  'system:certificates.k8s.io:certificatesigningrequests:nodeclient': [
    'create certificates.k8s.io certificatesigningrequests/nodeclient',
  ],
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient': [
    'create certificates.k8s.io certificatesigningrequests/selfnodeclient',
  ],
  'system:volume-scheduler': [
    'ReadUpdate core persistentvolumes',
    'Read storage.k8s.io storageclasses',
    'ReadUpdate core persistentvolumeclaims',
  ],
  'system:certificates.k8s.io:legacy-unknown-approver': [
    'approve certificates.k8s.io signers kubernetes.io/legacy-unknown',
  ],
  'system:certificates.k8s.io:kubelet-serving-approver': [
    'approve certificates.k8s.io signers kubernetes.io/kubelet-serving',
  ],
  'system:certificates.k8s.io:kube-apiserver-client-approver': [
    'approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client',
  ],
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver': [
    'approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet',
  ],
  'system:service-account-issuer-discovery': [
    'get /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/',
  ],
  'system:kubelet-api-admin': [
    'get,list,watch core nodes',
    'proxy core nodes',
    '* core nodes/proxy,nodes/metrics,nodes/stats,nodes/log',
    '* core nodes/pods,nodes/healthz,nodes/configz',
  ],
  'system:node-proxier': [
    'list,watch core services,endpoints',
    'get,list,watch core nodes',
    EVENTS,
    'list,watch networking.k8s.io servicecidrs',
    'list,watch discovery.k8s.io endpointslices',
  ],
  'system:kube-scheduler': [
    EVENTS,
    'create coordination.k8s.io leases',
    'get,update,list,watch coordination.k8s.io leases kube-scheduler',
    'ReadWrite coordination.k8s.io leasecandidates',
    'Read core nodes',
    'get,list,watch,delete core pods',
    'create core pods/binding,bindings',
    'patch,update core pods/status',
    'Read core services,replicationcontrollers',
    'Read apps,extensions replicasets',
    'Read apps statefulsets',
    'Read policy poddisruptionbudgets',
    'Read core persistentvolumeclaims,persistentvolumes',
    'create authentication.k8s.io tokenreviews',
    'create authorization.k8s.io subjectaccessreviews',
    'Read storage.k8s.io csinodes',
    'get,list,watch storage.k8s.io volumeattachments',
    'Read core namespaces',
    'Read storage.k8s.io csidrivers',
    'Read storage.k8s.io csistoragecapacities',
    'Read resource.k8s.io deviceclasses',
    'ReadUpdate resource.k8s.io resourceclaims',
    'ReadUpdate resource.k8s.io resourceclaims/status',
    'update core pods/finalizers',
    'Read resource.k8s.io resourceslices',
  ],
  'system:node': [
    'create authentication.k8s.io tokenreviews',
    'create authorization.k8s.io subjectaccessreviews,localsubjectaccessreviews',
    'Read core services',
    'create,get,list,watch core nodes',
    'update,patch core nodes/status',
    'update,patch core nodes',
    EVENTS,
    'Read core pods',
    'create,delete core pods',
    'update,patch core pods/status',
    'create core pods/eviction',
    'get,list,watch core secrets,configmaps',
    'get core persistentvolumeclaims,persistentvolumes',
    'get core endpoints',
    'create,get,list,watch certificates.k8s.io certificatesigningrequests',
    'get,create,update,patch,delete coordination.k8s.io leases',
    'get storage.k8s.io volumeattachments',
    'create core serviceaccounts/token',
    'get,update,patch core persistentvolumeclaims/status',
    'get,watch,list storage.k8s.io csidrivers',
    'get,create,update,patch,delete storage.k8s.io csinodes',
    'get,list,watch node.k8s.io runtimeclasses',
    'get resource.k8s.io resourceclaims',
    'deletecollection resource.k8s.io resourceslices',
    'get core serviceaccounts',
  ],
};
