import { type Docs, objectFields } from './docs';

/** Pods and what they are made of, but for containers, volumes, scheduling and status (core/v1). */
export const podDocs: Docs = {
  Binding: {
    description: 'Binding assigns a Pod to a node. The scheduler writes it; you rarely need to.',
    fields: objectFields({ target: 'The node.' }),
  },
  HostAlias: {
    description: "HostAlias is a line of the Pod's /etc/hosts.",
    fields: { hostnames: 'The names for the address.', ip: 'The IP address.' },
  },
  Pod: {
    description:
      'Pod is one or more containers that run together on one node and share an IP address and volumes. It is mortal: a Pod that is gone is replaced by another, with another address.',
    fields: objectFields({
      spec: 'What should run, and how. Little of it can be changed afterwards.',
      status: 'What the Pod is doing, as the kubelet reports it.',
    }),
  },
  PodDNSConfig: {
    description:
      'PodDNSConfig adds to the resolver settings that dnsPolicy gives, or replaces them for policy None.',
    fields: {
      nameservers: 'Addresses of DNS servers, put first; at most 3 in all.',
      options: 'Options for the resolver, such as ndots.',
      searches: 'Domains in which short names are looked up, put last; at most 32 in all.',
    },
  },
  PodDNSConfigOption: {
    description: 'PodDNSConfigOption is an option of the resolver, as in /etc/resolv.conf.',
    fields: {
      name: 'The name of the option, such as ndots.',
      value: 'The value of the option, if it takes one.',
    },
  },
  PodOS: {
    description: 'PodOS says which operating system a Pod is written for.',
    fields: { name: 'linux or windows.' },
  },
  PodReadinessGate: {
    description: 'PodReadinessGate names a condition that must be True before the Pod counts as Ready.',
    fields: { conditionType: 'The type of the condition, which a controller of yours sets.' },
  },
  PodResourceClaim: {
    description: 'PodResourceClaim names a claim for devices that containers of the Pod may use.',
    fields: {
      name: 'The name by which containers refer to the claim.',
      resourceClaimName: 'A ResourceClaim in the namespace. Excludes resourceClaimTemplateName.',
      resourceClaimTemplateName:
        'A template from which a claim is made for this Pod. Excludes resourceClaimName.',
    },
  },
  PodSchedulingGate: {
    description: 'PodSchedulingGate keeps a Pod from being scheduled until it is removed.',
    fields: { name: 'The name of the gate.' },
  },
  PodSpec: {
    description: 'PodSpec says what should run in a Pod, and how.',
    fields: {
      activeDeadlineSeconds:
        'Seconds that the Pod may run before it is stopped and fails. Left out, for ever.',
      affinity: 'Which nodes, and the company of which Pods, are wanted or preferred.',
      automountServiceAccountToken:
        'Whether containers find a token for the API below /var/run/secrets/kubernetes.io/serviceaccount. Defaults to what the service account says, else true.',
      containers: 'The containers, at least one. They start together and reach each other by localhost.',
      dnsConfig: 'Resolver settings of your own.',
      dnsPolicy: 'Where resolver settings come from. Defaults to ClusterFirst.',
      enableServiceLinks:
        'Whether containers get environment variables for the Services of their namespace, such as WEB_SERVICE_HOST. Defaults to true.',
      ephemeralContainers:
        'Containers added to a running Pod for debugging (kubectl debug). They cannot be part of a new Pod.',
      hostAliases: 'Lines for /etc/hosts.',
      hostIPC: "Whether containers see the node's IPC. Defaults to false.",
      hostNetwork:
        "Whether the Pod uses the node's network: its address is the node's, and its ports must be free there. Defaults to false.",
      hostPID: "Whether containers see the node's processes. Defaults to false.",
      hostUsers:
        "Whether the Pod uses the node's users; false gives it a user namespace of its own. Defaults to true.",
      hostname:
        "The host name inside the Pod. Defaults to the Pod's name. With subdomain it gives the Pod a DNS name.",
      hostnameOverride: 'The host name exactly as the Pod should see it. It makes no DNS records.',
      imagePullSecrets: 'Secrets with credentials for registries, in the same namespace.',
      initContainers:
        'Containers that run before the others, one after another, each to its end. One with restartPolicy Always is a sidecar: it goes on beside the others.',
      nodeName:
        'The node that the Pod runs on. Written by the scheduler; set by you, it passes the scheduler by.',
      nodeSelector: 'Labels that a node must carry for the Pod to run there.',
      os: 'The operating system that the Pod is written for.',
      overhead: 'Resources that the Pod takes beside its containers. Set from the runtime class.',
      preemptionPolicy:
        'Whether the Pod may push out others of lower priority. Defaults to PreemptLowerPriority.',
      priority: 'The priority as a number; higher ones go first. Set from priorityClassName.',
      priorityClassName: 'A PriorityClass. Left out, the default class, or priority 0.',
      readinessGates: 'Further conditions that must be True before the Pod is Ready and receives traffic.',
      resourceClaims: 'Claims for devices that containers may use.',
      resources: 'CPU and memory for the Pod as a whole.',
      restartPolicy:
        'Whether containers that have ended start again. Defaults to Always; the pause before it doubles from 10 seconds up to 5 minutes.',
      runtimeClassName: "A RuntimeClass that says how containers are run. Left out, the node's usual way.",
      schedulerName: 'The scheduler that places the Pod. Defaults to default-scheduler.',
      schedulingGates: 'The Pod is not scheduled while this list is not empty.',
      securityContext: 'Users, groups and the like for all containers.',
      serviceAccount: 'Deprecated: use serviceAccountName.',
      serviceAccountName: 'The service account as which the Pod talks to the API. Defaults to default.',
      setHostnameAsFQDN: 'Whether the host name is the full DNS name. Defaults to false.',
      shareProcessNamespace: "Whether the containers see each other's processes. Defaults to false.",
      subdomain:
        "The second part of the Pod's DNS name, hostname.subdomain.namespace.svc. It must be the name of a headless Service that selects the Pod.",
      terminationGracePeriodSeconds:
        'Seconds from SIGTERM to SIGKILL when the Pod is deleted. Defaults to 30; traffic is led elsewhere from the start.',
      tolerations: 'Taints of nodes that do not keep the Pod away.',
      topologySpreadConstraints: 'How the Pod and its like are spread over zones or nodes.',
      volumes: 'Volumes that containers may mount.',
      workloadRef: 'The workload that the Pod is scheduled with as a group.',
    },
  },
  PodTemplate: {
    description: 'PodTemplate is a Pod template kept as an object of its own.',
    fields: objectFields({ template: 'The Pod.' }),
  },
  PodTemplateSpec: {
    description: 'PodTemplateSpec is what Pods are made from: their labels and what they run.',
    fields: {
      metadata:
        'Labels and annotations of the Pods. The labels must match the selector of whoever makes them.',
      spec: 'What the Pods run.',
    },
  },
  ResourceClaim: {
    description: 'ResourceClaim lets a container use a claim of its Pod.',
    fields: {
      name: "The name of the claim in the Pod's resourceClaims.",
      request: 'One request of the claim. Left out, all of them.',
    },
  },
  WorkloadReference: {
    description: 'WorkloadReference names the workload that a Pod is scheduled with.',
    fields: {
      name: 'The name of the Workload, in the same namespace.',
      podGroup: 'The group of the workload that the Pod belongs to.',
      podGroupReplicaKey: 'Which copy of the group it is.',
    },
  },
};
