import { signals } from './signals';

/** What each value of an enumeration means, as the end of a sentence that begins with the value; '' says nothing. */
export const enumerations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AddressType: {
    FQDN: 'means that addresses are DNS names. kube-proxy ignores such slices.',
    IPv4: 'means that addresses are IPv4 addresses.',
    IPv6: 'means that addresses are IPv6 addresses.',
  },
  AppArmorProfileType: {
    Localhost: 'uses a profile loaded on the node, named by localhostProfile.',
    RuntimeDefault: "uses the container runtime's own profile.",
    Unconfined: 'applies no AppArmor profile.',
  },
  AzureDataDiskCachingMode: { None: '', ReadOnly: '', ReadWrite: '' },
  AzureDataDiskKind: { Dedicated: '', Managed: '', Shared: '' },
  ClaimResourceStatus: {
    ControllerResizeInProgress: 'means that the storage system is growing the volume.',
    ControllerResizeInfeasible: 'means that the storage system cannot grow the volume to the size asked for.',
    NodeResizeInProgress: 'means that the node is growing the file system.',
    NodeResizeInfeasible: 'means that the node cannot grow the file system.',
    NodeResizePending: 'means that the volume has grown and its file system on the node has yet to.',
  },
  CompletionMode: {
    Indexed:
      'gives each Pod an index from 0 to completions - 1; the Job is done when every index has succeeded.',
    NonIndexed: 'treats Pods alike; the Job is done when as many as completions have succeeded.',
  },
  ConcurrencyPolicy: {
    Allow: 'lets Jobs of this CronJob run at the same time.',
    Forbid: 'skips a run while the one before is still running.',
    Replace: 'ends the running Job and starts the new one in its place.',
  },
  DNSPolicy: {
    ClusterFirst:
      "asks the cluster's DNS first; names outside the cluster's domain are passed on to the node's resolver.",
    ClusterFirstWithHostNet: 'is ClusterFirst for Pods with hostNetwork, which would otherwise use Default.',
    Default: 'copies the resolver settings of the node.',
    None: 'takes resolver settings from dnsConfig alone.',
  },
  DaemonSetUpdateStrategyType: {
    OnDelete: 'replaces a Pod only after somebody has deleted it.',
    RollingUpdate: 'replaces Pods node by node.',
  },
  DeploymentStrategyType: {
    Recreate: 'stops all old Pods before it starts new ones, so the Service is down in between.',
    RollingUpdate: 'replaces old Pods a few at a time, so the Service goes on answering.',
  },
  HostPathType: {
    '': 'checks nothing before the path is mounted.',
    BlockDevice: 'demands a block device at the path.',
    CharDevice: 'demands a character device at the path.',
    Directory: 'demands a directory at the path.',
    DirectoryOrCreate: 'makes an empty directory with mode 0755 where nothing is.',
    File: 'demands a file at the path.',
    FileOrCreate: 'makes an empty file with mode 0644 where nothing is.',
    Socket: 'demands a UNIX socket at the path.',
  },
  IPFamily: {
    '': 'is no family.',
    IPv4: 'means addresses such as 10.96.0.1.',
    IPv6: 'means addresses such as fd00::1.',
  },
  IPFamilyPolicy: {
    PreferDualStack: 'takes an address of both families where the cluster has both, else of one.',
    RequireDualStack: 'takes an address of both families and fails on a cluster that has one only.',
    SingleStack: 'takes an address of one family.',
  },
  MountPropagationMode: {
    Bidirectional: 'shows mounts both ways between host and container; needs a privileged container.',
    HostToContainer: 'shows the container what is mounted below the volume on the host later on.',
    None: 'shows the container no mounts made later.',
  },
  NamespacePhase: {
    Active: 'means that the namespace is in use.',
    Terminating:
      'means that the namespace is being deleted: what is in it goes, and nothing new may be created.',
  },
  NodeInclusionPolicy: {
    Honor: 'counts only the nodes that the rule lets the Pod run on.',
    Ignore: 'counts all nodes.',
  },
  NodePhase: { Pending: '', Running: '', Terminated: '' },
  NodeSelectorOperator: {
    DoesNotExist: 'wants the label to be absent.',
    Exists: 'wants the label to be present.',
    Gt: "wants the label's value to be a greater integer than the one given.",
    In: "wants the label's value to be among those given.",
    Lt: "wants the label's value to be a smaller integer than the one given.",
    NotIn: "wants the label's value not to be among those given.",
  },
  PathType: {
    Exact: 'matches this path alone, letter by letter.',
    ImplementationSpecific: 'leaves the matching to the Ingress controller.',
    Prefix:
      'matches this path and all below it, element by element: /shop matches /shop/cart, not /shopping.',
  },
  PersistentVolumeAccessMode: {
    ReadOnlyMany: 'lets many nodes mount the volume for reading.',
    ReadWriteMany: 'lets many nodes mount the volume for reading and writing.',
    ReadWriteOnce: 'lets one node mount the volume for reading and writing; several Pods on it may share it.',
    ReadWriteOncePod: 'lets one Pod in the whole cluster mount the volume.',
  },
  PersistentVolumeClaimModifyVolumeStatus: {
    InProgress: 'means that the volume is being changed.',
    Infeasible: 'means that the storage system refused the change.',
    Pending:
      'means that the change waits for something, such as a VolumeAttributesClass that does not exist.',
  },
  PersistentVolumeClaimPhase: {
    Bound: 'means that the claim has its volume.',
    Lost: "means that the claim's volume is gone, and the data with it.",
    Pending: 'means that the claim has no volume yet.',
  },
  PersistentVolumeMode: {
    Block: 'gives Pods the volume as a raw device.',
    Filesystem: 'gives Pods the volume as a directory.',
  },
  PersistentVolumePhase: {
    Available: 'means that no claim has the volume.',
    Bound: 'means that a claim has the volume.',
    Failed: 'means that the volume could not be reclaimed.',
    Pending: 'means that the volume is not ready.',
    Released: 'means that the claim is gone and the volume has not been reclaimed.',
  },
  PersistentVolumeReclaimPolicy: {
    Delete: 'deletes the volume and the storage behind it.',
    Recycle: 'empties the volume and offers it again (deprecated).',
    Retain: 'keeps the volume and its data for somebody to look after.',
  },
  PodFSGroupChangePolicy: {
    Always: 'changes the owner of every file whenever the volume is mounted.',
    OnRootMismatch: "changes owners only when that of the volume's root is wrong, which starts faster.",
  },
  PodFailurePolicyAction: {
    Count: 'counts the failure against backoffLimit, as usual.',
    FailIndex: "fails the Pod's index without another try.",
    FailJob: 'fails the whole Job and stops its Pods.',
    Ignore: 'starts another Pod and counts nothing.',
  },
  PodFailurePolicyOnExitCodesOperator: {
    In: 'matches when the exit code is among those given.',
    NotIn: 'matches when the exit code is not among those given.',
  },
  PodManagementPolicyType: {
    OrderedReady:
      'starts Pods one after another, each once the one before is Ready, and stops them backwards.',
    Parallel: 'starts and stops Pods all at once.',
  },
  PodPhase: {
    Failed: 'means that all containers have ended and one of them failed.',
    Pending: 'means that the Pod is not on a node yet, or its images are still being pulled.',
    Running: 'means that the Pod is on a node and at least one container runs or is being restarted.',
    Succeeded: 'means that all containers ended with exit code 0 and none will start again.',
    Unknown: 'means that the node has not been heard of.',
  },
  PodQOSClass: {
    BestEffort: 'means that no container asks for CPU or memory. Such Pods are evicted first.',
    Burstable: 'means that some requests or limits are set, but not as Guaranteed wants them.',
    Guaranteed:
      "means that every container's limits are set and equal its requests. Such Pods are evicted last.",
  },
  PodReplacementPolicy: {
    Failed: 'starts a new Pod once the old one has ended altogether.',
    TerminatingOrFailed: 'starts a new Pod as soon as the old one is being deleted or has failed.',
  },
  PolicyType: {
    Egress: 'limits the traffic that leaves the selected Pods.',
    Ingress: 'limits the traffic that comes to the selected Pods.',
  },
  PreemptionPolicy: {
    Never: 'lets the Pod wait for room, ahead of Pods with lower priority.',
    PreemptLowerPriority: 'lets the Pod push out Pods with lower priority.',
  },
  ProcMountType: {
    Default: 'masks what the container runtime masks in /proc.',
    Unmasked: 'shows all of /proc; needs a user namespace.',
  },
  Protocol: {
    SCTP: 'is the SCTP protocol.',
    TCP: 'is the TCP protocol.',
    UDP: 'is the UDP protocol.',
  },
  PullPolicy: {
    Always:
      'asks the registry each time a container starts; layers that are there already are not fetched again.',
    IfNotPresent: 'pulls only when the node lacks the image.',
    Never: 'never pulls: the container fails to start when the node lacks the image.',
  },
  ResourceQuotaScope: {
    BestEffort: 'counts Pods whose quality of service is BestEffort.',
    CrossNamespacePodAffinity: 'counts Pods with affinity terms that look into other namespaces.',
    NotBestEffort: 'counts Pods whose quality of service is not BestEffort.',
    NotTerminating: 'counts Pods without activeDeadlineSeconds.',
    PriorityClass: 'counts Pods by their priority class.',
    Terminating: 'counts Pods with activeDeadlineSeconds.',
    VolumeAttributesClass: 'counts claims by their volume attributes class.',
  },
  RestartPolicy: {
    Always: 'starts a container again whenever it has ended.',
    Never: 'never starts a container again.',
    OnFailure: 'starts a container again when its exit code was not 0.',
  },
  ScopeSelectorOperator: {
    DoesNotExist: 'matches objects that the scope does not apply to.',
    Exists: 'matches objects that the scope applies to.',
    In: 'matches objects whose value is among those given.',
    NotIn: 'matches objects whose value is not among those given.',
  },
  SeccompProfileType: {
    Localhost: 'uses a profile file on the node, named by localhostProfile.',
    RuntimeDefault: "uses the container runtime's own profile.",
    Unconfined: 'applies no seccomp profile.',
  },
  ServiceAffinity: {
    ClientIP: 'sends a client to the same Pod again, known by its IP address.',
    None: 'picks a Pod anew for each connection.',
  },
  ServiceExternalTrafficPolicy: {
    Cluster: "sends traffic to Pods on any node and hides the client's address behind the node's.",
    Local:
      "sends traffic only to Pods on the node it reached, keeps the client's address, and drops it where there are none.",
  },
  ServiceInternalTrafficPolicy: {
    Cluster: 'sends traffic to Pods on any node.',
    Local: "sends traffic only to Pods on the client's own node, and drops it where there are none.",
  },
  ServiceType: {
    ClusterIP: 'gives the Service a virtual IP that works inside the cluster.',
    ExternalName: "makes the Service's DNS name an alias (CNAME) for a name elsewhere; nothing is proxied.",
    LoadBalancer: 'adds a load balancer of the cloud in front of what NodePort does.',
    NodePort: 'adds to ClusterIP a port that every node listens on.',
  },
  Signal: signals,
  StatefulSetUpdateStrategyType: {
    OnDelete: 'replaces a Pod only after somebody has deleted it.',
    RollingUpdate: 'replaces Pods one by one, from the highest ordinal down.',
  },
  SupplementalGroupsPolicy: {
    Merge: "adds the groups that the image's /etc/group gives the user.",
    Strict: 'uses the groups named in the Pod alone.',
  },
  TaintEffect: {
    NoExecute: 'evicts running Pods that do not tolerate the taint, and keeps new ones away.',
    NoSchedule: 'keeps new Pods away that do not tolerate the taint.',
    PreferNoSchedule: 'keeps new Pods away where there is another node for them.',
  },
  TerminationMessagePolicy: {
    FallbackToLogsOnError: 'reads the end of the log when the file is empty and the container failed.',
    File: 'reads the file at terminationMessagePath.',
  },
  TolerationOperator: {
    Equal: 'tolerates a taint with the same value.',
    Exists: 'tolerates a taint whatever its value.',
    Gt: 'tolerates a taint whose value is an integer greater than this one.',
    Lt: 'tolerates a taint whose value is an integer smaller than this one.',
  },
  URIScheme: {
    HTTP: 'means http://.',
    HTTPS: 'means https://; the certificate is not checked.',
  },
  UnhealthyPodEvictionPolicyType: {
    AlwaysAllow: 'lets Pods that are not Ready be evicted at any time.',
    IfHealthyBudget: 'lets Pods that are not Ready be evicted only while enough others are healthy.',
  },
  UnsatisfiableConstraintAction: {
    DoNotSchedule: 'leaves the Pod Pending.',
    ScheduleAnyway: 'places the Pod where the spread is least uneven.',
  },
  VolumeBindingMode: {
    Immediate: 'makes and binds the volume when the claim is created.',
    WaitForFirstConsumer:
      'waits for a Pod that uses the claim, and makes the volume where that Pod will run.',
  },
};
