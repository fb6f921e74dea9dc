/* Written by generate.mjs from the struct tags of k8s.io/api v0.35; the notation is explained in notation.ts. */

/** Fields of each Go type, by its name. */
export const restFacts: Readonly<Record<string, string>> = {
  AggregationRule: 'clusterRoleSelectors=1:[LabelSelector]',
  BoundObjectReference: 'kind=1:s apiVersion=2:s name=3:s uid=4:s',
  CSINode: 'metadata=1:ObjectMeta spec=2:CSINodeSpec',
  CSINodeDriver: 'name=1:s! nodeID=2:s! topologyKeys=3:[s] allocatable=4:VolumeNodeResources',
  CSINodeSpec: 'drivers=1:[CSINodeDriver]',
  ClusterRole: 'metadata=1:ObjectMeta rules=2:[PolicyRule] aggregationRule=3:AggregationRule',
  ClusterRoleBinding: 'metadata=1:ObjectMeta subjects=2:[Subject] roleRef=3:RoleRef',
  ContainerResourceMetricSource: 'name=1:s! target=2:MetricTarget container=3:s!',
  ContainerResourceMetricStatus: 'name=1:s! current=2:MetricValueStatus container=3:s!',
  ControllerRevision: 'metadata=1:ObjectMeta data=2:a! revision=3:l!',
  CronJob: 'metadata=1:ObjectMeta spec=2:CronJobSpec status=3:CronJobStatus',
  CronJobSpec:
    'schedule=1:s! timeZone=8:s? startingDeadlineSeconds=2:l? concurrencyPolicy=3:s suspend=4:b? jobTemplate=5:JobTemplateSpec successfulJobsHistoryLimit=6:i? failedJobsHistoryLimit=7:i?',
  CronJobStatus: 'active=1:[ObjectReference] lastScheduleTime=4:t? lastSuccessfulTime=5:t?',
  CrossVersionObjectReference: 'kind=1:s! name=2:s! apiVersion=3:s',
  DaemonSet: 'metadata=1:ObjectMeta spec=2:DaemonSetSpec status=3:DaemonSetStatus',
  DaemonSetCondition: 'type=1:s! status=2:s! lastTransitionTime=3:t! reason=4:s message=5:s',
  DaemonSetSpec:
    'selector=1:LabelSelector template=2:PodTemplateSpec updateStrategy=3:DaemonSetUpdateStrategy minReadySeconds=4:i revisionHistoryLimit=6:i?',
  DaemonSetStatus:
    'currentNumberScheduled=1:i! numberMisscheduled=2:i! desiredNumberScheduled=3:i! numberReady=4:i! observedGeneration=5:l updatedNumberScheduled=6:i numberAvailable=7:i numberUnavailable=8:i collisionCount=9:i? conditions=10:[DaemonSetCondition]',
  DaemonSetUpdateStrategy: 'type=1:s rollingUpdate=2:RollingUpdateDaemonSet',
  Deployment: 'metadata=1:ObjectMeta spec=2:DeploymentSpec status=3:DeploymentStatus',
  DeploymentCondition:
    'type=1:s! status=2:s! lastUpdateTime=6:t! lastTransitionTime=7:t! reason=4:s message=5:s',
  DeploymentSpec:
    'replicas=1:i? selector=2:LabelSelector template=3:PodTemplateSpec strategy=4:DeploymentStrategy minReadySeconds=5:i revisionHistoryLimit=6:i? paused=7:b progressDeadlineSeconds=9:i?',
  DeploymentStatus:
    'observedGeneration=1:l replicas=2:i updatedReplicas=3:i readyReplicas=7:i availableReplicas=4:i unavailableReplicas=5:i terminatingReplicas=9:i? conditions=6:[DeploymentCondition] collisionCount=8:i?',
  DeploymentStrategy: 'type=1:s rollingUpdate=2:RollingUpdateDeployment',
  Endpoint:
    'addresses=1:[s] conditions=2:EndpointConditions hostname=3:s? targetRef=4:ObjectReference deprecatedTopology=5:{s} nodeName=6:s? zone=7:s? hints=8:EndpointHints',
  EndpointConditions: 'ready=1:b? serving=2:b? terminating=3:b?',
  EndpointHints: 'forZones=1:[ForZone] forNodes=2:[ForNode]',
  EndpointSlice:
    'metadata=1:ObjectMeta addressType=4:s! endpoints=2:[Endpoint] ports=3:[discovery.EndpointPort]',
  Eviction: 'metadata=1:ObjectMeta deleteOptions=2:DeleteOptions',
  ExternalMetricSource: 'metric=1:MetricIdentifier target=2:MetricTarget',
  ExternalMetricStatus: 'metric=1:MetricIdentifier current=2:MetricValueStatus',
  FieldSelectorAttributes: 'rawSelector=1:s requirements=2:[FieldSelectorRequirement]',
  ForNode: 'name=1:s!',
  ForZone: 'name=1:s!',
  HPAScalingPolicy: 'type=1:s! value=2:i! periodSeconds=3:i!',
  HPAScalingRules:
    'stabilizationWindowSeconds=3:i? selectPolicy=1:s? policies=2:[HPAScalingPolicy] tolerance=4:q?',
  HTTPIngressPath: 'path=1:s pathType=3:s? backend=2:IngressBackend',
  HTTPIngressRuleValue: 'paths=1:[HTTPIngressPath]',
  HorizontalPodAutoscaler:
    'metadata=1:ObjectMeta spec=2:HorizontalPodAutoscalerSpec status=3:HorizontalPodAutoscalerStatus',
  HorizontalPodAutoscalerBehavior: 'scaleUp=1:HPAScalingRules scaleDown=2:HPAScalingRules',
  HorizontalPodAutoscalerCondition: 'type=1:s! status=2:s! lastTransitionTime=3:t! reason=4:s message=5:s',
  HorizontalPodAutoscalerSpec:
    'scaleTargetRef=1:CrossVersionObjectReference minReplicas=2:i? maxReplicas=3:i! targetCPUUtilizationPercentage=4:i?',
  HorizontalPodAutoscalerStatus:
    'observedGeneration=1:l? lastScaleTime=2:t? currentReplicas=3:i! desiredReplicas=4:i! currentCPUUtilizationPercentage=5:i?',
  IPAddress: 'metadata=1:ObjectMeta spec=2:IPAddressSpec',
  IPAddressSpec: 'parentRef=1:ParentReference',
  IPBlock: 'cidr=1:s! except=2:[s]',
  Ingress: 'metadata=1:ObjectMeta spec=2:IngressSpec status=3:IngressStatus',
  IngressBackend: 'service=4:IngressServiceBackend resource=3:TypedLocalObjectReference',
  IngressClass: 'metadata=1:ObjectMeta spec=2:IngressClassSpec',
  IngressClassParametersReference: 'apiGroup=1:s? kind=2:s! name=3:s! scope=4:s? namespace=5:s?',
  IngressClassSpec: 'controller=1:s parameters=2:IngressClassParametersReference',
  IngressLoadBalancerIngress: 'ip=1:s hostname=2:s ports=4:[IngressPortStatus]',
  IngressLoadBalancerStatus: 'ingress=1:[IngressLoadBalancerIngress]',
  IngressPortStatus: 'port=1:i! protocol=2:s! error=3:s?',
  IngressRule: 'host=1:s ^ingressRuleValue=2:IngressRuleValue',
  IngressRuleValue: 'http=1:HTTPIngressRuleValue',
  IngressServiceBackend: 'name=1:s! port=2:ServiceBackendPort',
  IngressSpec:
    'ingressClassName=4:s? defaultBackend=1:IngressBackend tls=2:[IngressTLS] rules=3:[IngressRule]',
  IngressStatus: 'loadBalancer=1:IngressLoadBalancerStatus',
  IngressTLS: 'hosts=1:[s] secretName=2:s',
  Job: 'metadata=1:ObjectMeta spec=2:JobSpec status=3:JobStatus',
  JobCondition: 'type=1:s! status=2:s! lastProbeTime=3:t! lastTransitionTime=4:t! reason=5:s message=6:s',
  JobSpec:
    'parallelism=1:i? completions=2:i? activeDeadlineSeconds=3:l? podFailurePolicy=11:PodFailurePolicy successPolicy=16:SuccessPolicy backoffLimit=7:i? backoffLimitPerIndex=12:i? maxFailedIndexes=13:i? selector=4:LabelSelector manualSelector=5:b? template=6:PodTemplateSpec ttlSecondsAfterFinished=8:i? completionMode=9:s? suspend=10:b? podReplacementPolicy=14:s? managedBy=15:s?',
  JobStatus:
    'conditions=1:[JobCondition] startTime=2:t? completionTime=3:t? active=4:i succeeded=5:i failed=6:i terminating=11:i? completedIndexes=7:s failedIndexes=10:s? uncountedTerminatedPods=8:UncountedTerminatedPods ready=9:i?',
  JobTemplateSpec: 'metadata=1:ObjectMeta spec=2:JobSpec',
  LabelSelectorAttributes: 'rawSelector=1:s requirements=2:[LabelSelectorRequirement]',
  Lease: 'metadata=1:ObjectMeta spec=2:LeaseSpec',
  LeaseSpec:
    'holderIdentity=1:s? leaseDurationSeconds=2:i? acquireTime=3:m? renewTime=4:m? leaseTransitions=5:i? strategy=6:s? preferredHolder=7:s?',
  LocalSubjectAccessReview:
    'metadata=1:ObjectMeta spec=2:SubjectAccessReviewSpec status=3:SubjectAccessReviewStatus',
  MetricIdentifier: 'name=1:s! selector=2:LabelSelector',
  MetricSpec:
    'type=1:s! object=2:ObjectMetricSource pods=3:PodsMetricSource resource=4:ResourceMetricSource containerResource=7:ContainerResourceMetricSource external=5:ExternalMetricSource',
  MetricStatus:
    'type=1:s! object=2:ObjectMetricStatus pods=3:PodsMetricStatus resource=4:ResourceMetricStatus containerResource=7:ContainerResourceMetricStatus external=5:ExternalMetricStatus',
  MetricTarget: 'type=1:s! value=2:q? averageValue=3:q? averageUtilization=4:i?',
  MetricValueStatus: 'value=1:q? averageValue=2:q? averageUtilization=3:i?',
  NetworkPolicy: 'metadata=1:ObjectMeta spec=2:NetworkPolicySpec',
  NetworkPolicyEgressRule: 'ports=1:[NetworkPolicyPort] to=2:[NetworkPolicyPeer]',
  NetworkPolicyIngressRule: 'ports=1:[NetworkPolicyPort] from=2:[NetworkPolicyPeer]',
  NetworkPolicyPeer: 'podSelector=1:LabelSelector namespaceSelector=2:LabelSelector ipBlock=3:IPBlock',
  NetworkPolicyPort: 'protocol=1:s? port=2:p? endPort=3:i?',
  NetworkPolicySpec:
    'podSelector=1:LabelSelector ingress=2:[NetworkPolicyIngressRule] egress=3:[NetworkPolicyEgressRule] policyTypes=4:[s]',
  NonResourceAttributes: 'path=1:s verb=2:s',
  NonResourceRule: 'verbs=1:[s] nonResourceURLs=2:[s]',
  ObjectMetricSource:
    'describedObject=1:autoscalingV2.CrossVersionObjectReference target=2:MetricTarget metric=3:MetricIdentifier',
  ObjectMetricStatus:
    'metric=1:MetricIdentifier current=2:MetricValueStatus describedObject=3:autoscalingV2.CrossVersionObjectReference',
  ParentReference: 'group=1:s resource=2:s namespace=3:s name=4:s',
  PodDisruptionBudget:
    'metadata=1:ObjectMeta spec=2:PodDisruptionBudgetSpec status=3:PodDisruptionBudgetStatus',
  PodDisruptionBudgetSpec:
    'minAvailable=1:p? selector=2:LabelSelector maxUnavailable=3:p? unhealthyPodEvictionPolicy=4:s?',
  PodDisruptionBudgetStatus:
    'observedGeneration=1:l disruptedPods=2:{t} disruptionsAllowed=3:i! currentHealthy=4:i! desiredHealthy=5:i! expectedPods=6:i! conditions=7:[Condition]',
  PodFailurePolicy: 'rules=1:[PodFailurePolicyRule]',
  PodFailurePolicyOnExitCodesRequirement: 'containerName=1:s? operator=2:s! values=3:[i]',
  PodFailurePolicyOnPodConditionsPattern: 'type=1:s! status=2:s!',
  PodFailurePolicyRule:
    'action=1:s! onExitCodes=2:PodFailurePolicyOnExitCodesRequirement onPodConditions=3:[PodFailurePolicyOnPodConditionsPattern]',
  PodsMetricSource: 'metric=1:MetricIdentifier target=2:MetricTarget',
  PodsMetricStatus: 'metric=1:MetricIdentifier current=2:MetricValueStatus',
  PolicyRule: 'verbs=1:[s] apiGroups=2:[s] resources=3:[s] resourceNames=4:[s] nonResourceURLs=5:[s]',
  PriorityClass: 'metadata=1:ObjectMeta value=2:i! globalDefault=3:b description=4:s preemptionPolicy=5:s?',
  ReplicaSet: 'metadata=1:ObjectMeta spec=2:ReplicaSetSpec status=3:ReplicaSetStatus',
  ReplicaSetCondition: 'type=1:s! status=2:s! lastTransitionTime=3:t! reason=4:s message=5:s',
  ReplicaSetSpec: 'replicas=1:i? minReadySeconds=4:i selector=2:LabelSelector template=3:PodTemplateSpec',
  ReplicaSetStatus:
    'replicas=1:i! fullyLabeledReplicas=2:i readyReplicas=4:i availableReplicas=5:i terminatingReplicas=7:i? observedGeneration=3:l conditions=6:[ReplicaSetCondition]',
  ResourceAttributes:
    'namespace=1:s verb=2:s group=3:s version=4:s resource=5:s subresource=6:s name=7:s fieldSelector=8:FieldSelectorAttributes labelSelector=9:LabelSelectorAttributes',
  ResourceMetricSource: 'name=1:s! target=2:MetricTarget',
  ResourceMetricStatus: 'name=1:s! current=2:MetricValueStatus',
  ResourceRule: 'verbs=1:[s] apiGroups=2:[s] resources=3:[s] resourceNames=4:[s]',
  Role: 'metadata=1:ObjectMeta rules=2:[PolicyRule]',
  RoleBinding: 'metadata=1:ObjectMeta subjects=2:[Subject] roleRef=3:RoleRef',
  RoleRef: 'apiGroup=1:s! kind=2:s! name=3:s!',
  RollingUpdateDaemonSet: 'maxUnavailable=1:p? maxSurge=2:p?',
  RollingUpdateDeployment: 'maxUnavailable=1:p? maxSurge=2:p?',
  RollingUpdateStatefulSetStrategy: 'partition=1:i? maxUnavailable=2:p?',
  Scale: 'metadata=1:ObjectMeta spec=2:ScaleSpec status=3:ScaleStatus',
  ScaleSpec: 'replicas=1:i',
  ScaleStatus: 'replicas=1:i! selector=2:s',
  SelfSubjectAccessReview:
    'metadata=1:ObjectMeta spec=2:SelfSubjectAccessReviewSpec status=3:SubjectAccessReviewStatus',
  SelfSubjectAccessReviewSpec:
    'resourceAttributes=1:ResourceAttributes nonResourceAttributes=2:NonResourceAttributes',
  SelfSubjectReview: 'metadata=1:ObjectMeta status=2:SelfSubjectReviewStatus',
  SelfSubjectReviewStatus: 'userInfo=1:UserInfo',
  SelfSubjectRulesReview:
    'metadata=1:ObjectMeta spec=2:SelfSubjectRulesReviewSpec status=3:SubjectRulesReviewStatus',
  SelfSubjectRulesReviewSpec: 'namespace=1:s',
  ServiceBackendPort: 'name=1:s number=2:i',
  ServiceCIDR: 'metadata=1:ObjectMeta spec=2:ServiceCIDRSpec status=3:ServiceCIDRStatus',
  ServiceCIDRSpec: 'cidrs=1:[s]',
  ServiceCIDRStatus: 'conditions=1:[Condition]',
  StatefulSet: 'metadata=1:ObjectMeta spec=2:StatefulSetSpec status=3:StatefulSetStatus',
  StatefulSetCondition: 'type=1:s! status=2:s! lastTransitionTime=3:t! reason=4:s message=5:s',
  StatefulSetOrdinals: 'start=1:i!',
  StatefulSetPersistentVolumeClaimRetentionPolicy: 'whenDeleted=1:s whenScaled=2:s',
  StatefulSetSpec:
    'replicas=1:i? selector=2:LabelSelector template=3:PodTemplateSpec volumeClaimTemplates=4:[PersistentVolumeClaim] serviceName=5:s! podManagementPolicy=6:s updateStrategy=7:StatefulSetUpdateStrategy revisionHistoryLimit=8:i? minReadySeconds=9:i persistentVolumeClaimRetentionPolicy=10:StatefulSetPersistentVolumeClaimRetentionPolicy ordinals=11:StatefulSetOrdinals',
  StatefulSetStatus:
    'observedGeneration=1:l replicas=2:i! readyReplicas=3:i currentReplicas=4:i updatedReplicas=5:i currentRevision=6:s updateRevision=7:s collisionCount=9:i? conditions=10:[StatefulSetCondition] availableReplicas=11:i!',
  StatefulSetUpdateStrategy: 'type=1:s rollingUpdate=2:RollingUpdateStatefulSetStrategy',
  StorageClass:
    'metadata=1:ObjectMeta provisioner=2:s! parameters=3:{s} reclaimPolicy=4:s? mountOptions=5:[s] allowVolumeExpansion=6:b? volumeBindingMode=7:s? allowedTopologies=8:[TopologySelectorTerm]',
  Subject: 'kind=1:s! apiGroup=2:s name=3:s! namespace=4:s',
  SubjectAccessReview:
    'metadata=1:ObjectMeta spec=2:SubjectAccessReviewSpec status=3:SubjectAccessReviewStatus',
  SubjectAccessReviewSpec:
    'resourceAttributes=1:ResourceAttributes nonResourceAttributes=2:NonResourceAttributes user=3:s groups=4:[s] extra=5:{ExtraValue} uid=6:s',
  SubjectAccessReviewStatus: 'allowed=1:b! denied=4:b reason=2:s evaluationError=3:s',
  SubjectRulesReviewStatus:
    'resourceRules=1:[ResourceRule] nonResourceRules=2:[NonResourceRule] incomplete=3:b! evaluationError=4:s',
  SuccessPolicy: 'rules=1:[SuccessPolicyRule]',
  SuccessPolicyRule: 'succeededIndexes=1:s? succeededCount=2:i?',
  TokenRequest: 'metadata=1:ObjectMeta spec=2:TokenRequestSpec status=3:TokenRequestStatus',
  TokenRequestSpec: 'audiences=1:[s] expirationSeconds=4:l? boundObjectRef=3:BoundObjectReference',
  TokenRequestStatus: 'token=1:s! expirationTimestamp=2:t!',
  TokenReview: 'metadata=1:ObjectMeta spec=2:TokenReviewSpec status=3:TokenReviewStatus',
  TokenReviewSpec: 'token=1:s audiences=2:[s]',
  TokenReviewStatus: 'authenticated=1:b user=2:UserInfo audiences=4:[s] error=3:s',
  UncountedTerminatedPods: 'succeeded=1:[s] failed=2:[s]',
  UserInfo: 'username=1:s uid=2:s groups=3:[s] extra=4:{ExtraValue}',
  VolumeNodeResources: 'count=1:i?',
  'autoscalingV2.CrossVersionObjectReference': 'kind=1:s! name=2:s! apiVersion=3:s',
  'autoscalingV2.HorizontalPodAutoscaler':
    'metadata=1:ObjectMeta spec=2:autoscalingV2.HorizontalPodAutoscalerSpec status=3:autoscalingV2.HorizontalPodAutoscalerStatus',
  'autoscalingV2.HorizontalPodAutoscalerSpec':
    'scaleTargetRef=1:autoscalingV2.CrossVersionObjectReference minReplicas=2:i? maxReplicas=3:i! metrics=4:[MetricSpec] behavior=5:HorizontalPodAutoscalerBehavior',
  'autoscalingV2.HorizontalPodAutoscalerStatus':
    'observedGeneration=1:l? lastScaleTime=2:t? currentReplicas=3:i desiredReplicas=4:i! currentMetrics=5:[MetricStatus] conditions=6:[HorizontalPodAutoscalerCondition]',
  'discovery.EndpointPort': 'name=1:s? protocol=2:s? port=3:i? appProtocol=4:s?',
  'events.Event':
    'metadata=1:ObjectMeta eventTime=2:m! series=3:events.EventSeries reportingController=4:s reportingInstance=5:s action=6:s reason=7:s regarding=8:ObjectReference related=9:ObjectReference note=10:s type=11:s deprecatedSource=12:EventSource deprecatedFirstTimestamp=13:t! deprecatedLastTimestamp=14:t! deprecatedCount=15:i',
  'events.EventSeries': 'count=1:i! lastObservedTime=2:m!',
};

/** Kinds of bodies by API version, with the Go type where it is called otherwise. */
export const bodyKinds: Readonly<Record<string, string>> = {
  meta: 'DeleteOptions',
  v1: 'Binding ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'authentication.k8s.io/v1': 'SelfSubjectReview TokenRequest TokenReview',
  'authorization.k8s.io/v1':
    'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'autoscaling/v2': 'HorizontalPodAutoscaler=autoscalingV2.HorizontalPodAutoscaler',
  'batch/v1': 'CronJob Job',
  'coordination.k8s.io/v1': 'Lease',
  'discovery.k8s.io/v1': 'EndpointSlice',
  'events.k8s.io/v1': 'Event=events.Event',
  'networking.k8s.io/v1': 'Ingress IngressClass IPAddress NetworkPolicy ServiceCIDR',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'scheduling.k8s.io/v1': 'PriorityClass',
  'storage.k8s.io/v1': 'CSINode StorageClass',
};
