/* Written by generate.mjs from the kubernetes-types package; the notation is explained in build-schema.ts. */

/** Fields of each Go type, by its package and name. */
export const restTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'io.k8s.api.authentication.v1': {
    BoundObjectReference: 'apiVersion:s kind:s name:s uid:s',
    SelfSubjectReview: 'apiVersion:s kind:s metadata:ObjectMeta status:SelfSubjectReviewStatus',
    SelfSubjectReviewStatus: 'userInfo:UserInfo',
    TokenRequest: 'apiVersion:s kind:s metadata:ObjectMeta spec!:TokenRequestSpec status:TokenRequestStatus',
    TokenRequestSpec: 'audiences!:[s] boundObjectRef:BoundObjectReference expirationSeconds:l',
    TokenRequestStatus: 'expirationTimestamp!:t token!:s',
    TokenReview: 'apiVersion:s kind:s metadata:ObjectMeta spec!:TokenReviewSpec status:TokenReviewStatus',
    TokenReviewSpec: 'audiences:[s] token:s',
    TokenReviewStatus: 'audiences:[s] authenticated:b error:s user:UserInfo',
    UserInfo: 'extra:{[s]} groups:[s] uid:s username:s',
  },
  'io.k8s.api.authorization.v1': {
    FieldSelectorAttributes: 'rawSelector:s requirements:[FieldSelectorRequirement]',
    LabelSelectorAttributes: 'rawSelector:s requirements:[LabelSelectorRequirement]',
    LocalSubjectAccessReview:
      'apiVersion:s kind:s metadata:ObjectMeta spec!:SubjectAccessReviewSpec status:SubjectAccessReviewStatus',
    NonResourceAttributes: 'path:s verb:s',
    NonResourceRule: 'nonResourceURLs:[s] verbs!:[s]',
    ResourceAttributes:
      'fieldSelector:FieldSelectorAttributes group:s labelSelector:LabelSelectorAttributes name:s namespace:s resource:s subresource:s verb:s version:s',
    ResourceRule: 'apiGroups:[s] resourceNames:[s] resources:[s] verbs!:[s]',
    SelfSubjectAccessReview:
      'apiVersion:s kind:s metadata:ObjectMeta spec!:SelfSubjectAccessReviewSpec status:SubjectAccessReviewStatus',
    SelfSubjectAccessReviewSpec:
      'nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes',
    SelfSubjectRulesReview:
      'apiVersion:s kind:s metadata:ObjectMeta spec!:SelfSubjectRulesReviewSpec status:SubjectRulesReviewStatus',
    SelfSubjectRulesReviewSpec: 'namespace:s',
    SubjectAccessReview:
      'apiVersion:s kind:s metadata:ObjectMeta spec!:SubjectAccessReviewSpec status:SubjectAccessReviewStatus',
    SubjectAccessReviewSpec:
      'extra:{[s]} groups:[s] nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes uid:s user:s',
    SubjectAccessReviewStatus: 'allowed!:b denied:b evaluationError:s reason:s',
    SubjectRulesReviewStatus:
      'evaluationError:s incomplete!:b nonResourceRules!:[NonResourceRule] resourceRules!:[ResourceRule]',
  },
  'io.k8s.api.apps.v1': {
    ControllerRevision: 'apiVersion:s data:r kind:s metadata:ObjectMeta revision!:l',
    DaemonSet: 'apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus',
    DaemonSetCondition: 'lastTransitionTime:t message:s reason:s status!:s type!:s',
    DaemonSetSpec:
      'minReadySeconds:i revisionHistoryLimit:i selector!:LabelSelector template!:PodTemplateSpec updateStrategy:DaemonSetUpdateStrategy',
    DaemonSetStatus:
      'collisionCount:i conditions:[DaemonSetCondition] currentNumberScheduled!:i desiredNumberScheduled!:i numberAvailable:i numberMisscheduled!:i numberReady!:i numberUnavailable:i observedGeneration:l updatedNumberScheduled:i',
    DaemonSetUpdateStrategy: 'rollingUpdate:RollingUpdateDaemonSet type:s',
    Deployment: 'apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus',
    DeploymentCondition: 'lastTransitionTime:t lastUpdateTime:t message:s reason:s status!:s type!:s',
    DeploymentSpec:
      'minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i selector!:LabelSelector strategy:DeploymentStrategy template!:PodTemplateSpec',
    DeploymentStatus:
      'availableReplicas:i collisionCount:i conditions:[DeploymentCondition] observedGeneration:l readyReplicas:i replicas:i terminatingReplicas:i unavailableReplicas:i updatedReplicas:i',
    DeploymentStrategy: 'rollingUpdate:RollingUpdateDeployment type:s',
    ReplicaSet: 'apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus',
    ReplicaSetCondition: 'lastTransitionTime:t message:s reason:s status!:s type!:s',
    ReplicaSetSpec: 'minReadySeconds:i replicas:i selector!:LabelSelector template:PodTemplateSpec',
    ReplicaSetStatus:
      'availableReplicas:i conditions:[ReplicaSetCondition] fullyLabeledReplicas:i observedGeneration:l readyReplicas:i replicas!:i terminatingReplicas:i',
    RollingUpdateDaemonSet: 'maxSurge:p maxUnavailable:p',
    RollingUpdateDeployment: 'maxSurge:p maxUnavailable:p',
    RollingUpdateStatefulSetStrategy: 'maxUnavailable:p partition:i',
    StatefulSet: 'apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:StatefulSetStatus',
    StatefulSetCondition: 'lastTransitionTime:t message:s reason:s status!:s type!:s',
    StatefulSetOrdinals: 'start:i',
    StatefulSetPersistentVolumeClaimRetentionPolicy: 'whenDeleted:s whenScaled:s',
    StatefulSetSpec:
      'minReadySeconds:i ordinals:StatefulSetOrdinals persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy podManagementPolicy:s replicas:i revisionHistoryLimit:i selector!:LabelSelector serviceName:s template!:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy volumeClaimTemplates:[PersistentVolumeClaim]',
    StatefulSetStatus:
      'availableReplicas:i collisionCount:i conditions:[StatefulSetCondition] currentReplicas:i currentRevision:s observedGeneration:l readyReplicas:i replicas!:i updateRevision:s updatedReplicas:i',
    StatefulSetUpdateStrategy: 'rollingUpdate:RollingUpdateStatefulSetStrategy type:s',
  },
  'io.k8s.api.batch.v1': {
    CronJob: 'apiVersion:s kind:s metadata:ObjectMeta spec:CronJobSpec status:CronJobStatus',
    CronJobSpec:
      'concurrencyPolicy:s failedJobsHistoryLimit:i jobTemplate!:JobTemplateSpec schedule!:s startingDeadlineSeconds:l successfulJobsHistoryLimit:i suspend:b timeZone:s',
    CronJobStatus: 'active:[ObjectReference] lastScheduleTime:t lastSuccessfulTime:t',
    Job: 'apiVersion:s kind:s metadata:ObjectMeta spec:JobSpec status:JobStatus',
    JobCondition: 'lastProbeTime:t lastTransitionTime:t message:s reason:s status!:s type!:s',
    JobSpec:
      'activeDeadlineSeconds:l backoffLimit:i backoffLimitPerIndex:i completionMode:s completions:i managedBy:s manualSelector:b maxFailedIndexes:i parallelism:i podFailurePolicy:PodFailurePolicy podReplacementPolicy:s selector:LabelSelector successPolicy:SuccessPolicy suspend:b template!:PodTemplateSpec ttlSecondsAfterFinished:i',
    JobStatus:
      'active:i completedIndexes:s completionTime:t conditions:[JobCondition] failed:i failedIndexes:s ready:i startTime:t succeeded:i terminating:i uncountedTerminatedPods:UncountedTerminatedPods',
    JobTemplateSpec: 'metadata:ObjectMeta spec:JobSpec',
    PodFailurePolicy: 'rules!:[PodFailurePolicyRule]',
    PodFailurePolicyOnExitCodesRequirement: 'containerName:s operator!:s values!:[i]',
    PodFailurePolicyOnPodConditionsPattern: 'status:s type!:s',
    PodFailurePolicyRule:
      'action!:s onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions:[PodFailurePolicyOnPodConditionsPattern]',
    SuccessPolicy: 'rules!:[SuccessPolicyRule]',
    SuccessPolicyRule: 'succeededCount:i succeededIndexes:s',
    UncountedTerminatedPods: 'failed:[s] succeeded:[s]',
  },
  'io.k8s.api.autoscaling.v1': {
    CrossVersionObjectReference: 'apiVersion:s kind!:s name!:s',
    HorizontalPodAutoscaler:
      'apiVersion:s kind:s metadata:ObjectMeta spec:HorizontalPodAutoscalerSpec status:HorizontalPodAutoscalerStatus',
    HorizontalPodAutoscalerSpec:
      'maxReplicas!:i minReplicas:i scaleTargetRef!:CrossVersionObjectReference targetCPUUtilizationPercentage:i',
    HorizontalPodAutoscalerStatus:
      'currentCPUUtilizationPercentage:i currentReplicas!:i desiredReplicas!:i lastScaleTime:t observedGeneration:l',
    Scale: 'apiVersion:s kind:s metadata:ObjectMeta spec:ScaleSpec status:ScaleStatus',
    ScaleSpec: 'replicas:i',
    ScaleStatus: 'replicas!:i selector:s',
  },
  'io.k8s.api.autoscaling.v2': {
    ContainerResourceMetricSource: 'container!:s name!:s target!:MetricTarget',
    ContainerResourceMetricStatus: 'container!:s current!:MetricValueStatus name!:s',
    ExternalMetricSource: 'metric!:MetricIdentifier target!:MetricTarget',
    ExternalMetricStatus: 'current!:MetricValueStatus metric!:MetricIdentifier',
    HPAScalingPolicy: 'periodSeconds!:i type!:s value!:i',
    HPAScalingRules: 'policies:[HPAScalingPolicy] selectPolicy:s stabilizationWindowSeconds:i tolerance:q',
    HorizontalPodAutoscalerBehavior: 'scaleDown:HPAScalingRules scaleUp:HPAScalingRules',
    HorizontalPodAutoscalerCondition: 'lastTransitionTime:t message:s reason:s status!:s type!:s',
    MetricIdentifier: 'name!:s selector:LabelSelector',
    MetricSpec:
      'containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource pods:PodsMetricSource resource:ResourceMetricSource type!:s',
    MetricStatus:
      'containerResource:ContainerResourceMetricStatus external:ExternalMetricStatus object:ObjectMetricStatus pods:PodsMetricStatus resource:ResourceMetricStatus type!:s',
    MetricTarget: 'averageUtilization:i averageValue:q type!:s value:q',
    MetricValueStatus: 'averageUtilization:i averageValue:q value:q',
    ObjectMetricSource:
      'describedObject!:autoscaling/v2.CrossVersionObjectReference metric!:MetricIdentifier target!:MetricTarget',
    ObjectMetricStatus:
      'current!:MetricValueStatus describedObject!:autoscaling/v2.CrossVersionObjectReference metric!:MetricIdentifier',
    PodsMetricSource: 'metric!:MetricIdentifier target!:MetricTarget',
    PodsMetricStatus: 'current!:MetricValueStatus metric!:MetricIdentifier',
    ResourceMetricSource: 'name!:s target!:MetricTarget',
    ResourceMetricStatus: 'current!:MetricValueStatus name!:s',
    'autoscaling/v2.CrossVersionObjectReference': 'apiVersion:s kind!:s name!:s',
    'autoscaling/v2.HorizontalPodAutoscaler':
      'apiVersion:s kind:s metadata:ObjectMeta spec:autoscaling/v2.HorizontalPodAutoscalerSpec status:autoscaling/v2.HorizontalPodAutoscalerStatus',
    'autoscaling/v2.HorizontalPodAutoscalerSpec':
      'behavior:HorizontalPodAutoscalerBehavior maxReplicas!:i metrics:[MetricSpec] minReplicas:i scaleTargetRef!:autoscaling/v2.CrossVersionObjectReference',
    'autoscaling/v2.HorizontalPodAutoscalerStatus':
      'conditions:[HorizontalPodAutoscalerCondition] currentMetrics:[MetricStatus] currentReplicas:i desiredReplicas!:i lastScaleTime:t observedGeneration:l',
  },
  'io.k8s.api.coordination.v1': {
    Lease: 'apiVersion:s kind:s metadata:ObjectMeta spec:LeaseSpec',
    LeaseSpec:
      'acquireTime:m holderIdentity:s leaseDurationSeconds:i leaseTransitions:i preferredHolder:s renewTime:m strategy:s',
  },
  'io.k8s.api.discovery.v1': {
    Endpoint:
      'addresses!:[s] conditions:EndpointConditions deprecatedTopology:{s} hints:EndpointHints hostname:s nodeName:s targetRef:ObjectReference zone:s',
    EndpointConditions: 'ready:b serving:b terminating:b',
    EndpointHints: 'forNodes:[ForNode] forZones:[ForZone]',
    EndpointSlice:
      'addressType!:s apiVersion:s endpoints!:[Endpoint] kind:s metadata:ObjectMeta ports:[discovery.EndpointPort]',
    ForNode: 'name!:s',
    ForZone: 'name!:s',
    'discovery.EndpointPort': 'appProtocol:s name:s port:i protocol:s',
  },
  'io.k8s.api.events.v1': {
    'events.Event':
      'action:s apiVersion:s deprecatedCount:i deprecatedFirstTimestamp:t deprecatedLastTimestamp:t deprecatedSource:EventSource eventTime!:m kind:s metadata:ObjectMeta note:s reason:s regarding:ObjectReference related:ObjectReference reportingController:s reportingInstance:s series:events.EventSeries type:s',
    'events.EventSeries': 'count!:i lastObservedTime!:m',
  },
  'io.k8s.api.networking.v1': {
    HTTPIngressPath: 'backend!:IngressBackend path:s pathType!:s',
    HTTPIngressRuleValue: 'paths!:[HTTPIngressPath]',
    IPAddress: 'apiVersion:s kind:s metadata:ObjectMeta spec:IPAddressSpec',
    IPAddressSpec: 'parentRef!:ParentReference',
    IPBlock: 'cidr!:s except:[s]',
    Ingress: 'apiVersion:s kind:s metadata:ObjectMeta spec:IngressSpec status:IngressStatus',
    IngressBackend: 'resource:TypedLocalObjectReference service:IngressServiceBackend',
    IngressClass: 'apiVersion:s kind:s metadata:ObjectMeta spec:IngressClassSpec',
    IngressClassParametersReference: 'apiGroup:s kind!:s name!:s namespace:s scope:s',
    IngressClassSpec: 'controller:s parameters:IngressClassParametersReference',
    IngressLoadBalancerIngress: 'hostname:s ip:s ports:[IngressPortStatus]',
    IngressLoadBalancerStatus: 'ingress:[IngressLoadBalancerIngress]',
    IngressPortStatus: 'error:s port!:i protocol!:s',
    IngressRule: 'host:s http:HTTPIngressRuleValue',
    IngressServiceBackend: 'name!:s port:ServiceBackendPort',
    IngressSpec: 'defaultBackend:IngressBackend ingressClassName:s rules:[IngressRule] tls:[IngressTLS]',
    IngressStatus: 'loadBalancer:IngressLoadBalancerStatus',
    IngressTLS: 'hosts:[s] secretName:s',
    NetworkPolicy: 'apiVersion:s kind:s metadata:ObjectMeta spec:NetworkPolicySpec',
    NetworkPolicyEgressRule: 'ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]',
    NetworkPolicyIngressRule: 'from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]',
    NetworkPolicyPeer: 'ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector',
    NetworkPolicyPort: 'endPort:i port:p protocol:s',
    NetworkPolicySpec:
      'egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector:LabelSelector policyTypes:[s]',
    ParentReference: 'group:s name!:s namespace:s resource!:s',
    ServiceBackendPort: 'name:s number:i',
    ServiceCIDR: 'apiVersion:s kind:s metadata:ObjectMeta spec:ServiceCIDRSpec status:ServiceCIDRStatus',
    ServiceCIDRSpec: 'cidrs:[s]',
    ServiceCIDRStatus: 'conditions:[Condition]',
  },
  'io.k8s.api.policy.v1': {
    Eviction: 'apiVersion:s deleteOptions:DeleteOptions kind:s metadata:ObjectMeta',
    PodDisruptionBudget:
      'apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:PodDisruptionBudgetStatus',
    PodDisruptionBudgetSpec:
      'maxUnavailable:p minAvailable:p selector:LabelSelector unhealthyPodEvictionPolicy:s',
    PodDisruptionBudgetStatus:
      'conditions:[Condition] currentHealthy!:i desiredHealthy!:i disruptedPods:{t} disruptionsAllowed!:i expectedPods!:i observedGeneration:l',
  },
  'io.k8s.api.rbac.v1': {
    AggregationRule: 'clusterRoleSelectors:[LabelSelector]',
    ClusterRole: 'aggregationRule:AggregationRule apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule]',
    ClusterRoleBinding: 'apiVersion:s kind:s metadata:ObjectMeta roleRef!:RoleRef subjects:[Subject]',
    PolicyRule: 'apiGroups:[s] nonResourceURLs:[s] resourceNames:[s] resources:[s] verbs!:[s]',
    Role: 'apiVersion:s kind:s metadata:ObjectMeta rules:[PolicyRule]',
    RoleBinding: 'apiVersion:s kind:s metadata:ObjectMeta roleRef!:RoleRef subjects:[Subject]',
    RoleRef: 'apiGroup!:s kind!:s name!:s',
    Subject: 'apiGroup:s kind!:s name!:s namespace:s',
  },
  'io.k8s.api.scheduling.v1': {
    PriorityClass:
      'apiVersion:s description:s globalDefault:b kind:s metadata:ObjectMeta preemptionPolicy:s value!:i',
  },
  'io.k8s.api.storage.v1': {
    CSINode: 'apiVersion:s kind:s metadata:ObjectMeta spec!:CSINodeSpec',
    CSINodeDriver: 'allocatable:VolumeNodeResources name!:s nodeID!:s topologyKeys:[s]',
    CSINodeSpec: 'drivers!:[CSINodeDriver]',
    StorageClass:
      'allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm] apiVersion:s kind:s metadata:ObjectMeta mountOptions:[s] parameters:{s} provisioner!:s reclaimPolicy:s volumeBindingMode:s',
    VolumeNodeResources: 'count:i',
  },
};
