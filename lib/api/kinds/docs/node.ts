import { type Docs, objectFields } from './docs';

/** Nodes and namespaces (core/v1). */
export const nodeDocs: Docs = {
  AttachedVolume: {
    description: 'AttachedVolume is a volume attached to a node.',
    fields: { devicePath: 'The path of the device.', name: 'The name of the volume.' },
  },
  ConfigMapNodeConfigSource: {
    description: 'ConfigMapNodeConfigSource names a ConfigMap for the kubelet. It is no longer used.',
    fields: {
      kubeletConfigKey: 'The key.',
      name: 'The name of the ConfigMap.',
      namespace: 'The namespace of the ConfigMap.',
      resourceVersion: 'The version of the ConfigMap, in status only.',
      uid: 'The uid of the ConfigMap, in status only.',
    },
  },
  ContainerImage: {
    description: 'ContainerImage is an image that a node has.',
    fields: { names: 'The names that the image is known by.', sizeBytes: 'The size of the image, in bytes.' },
  },
  DaemonEndpoint: {
    description: 'DaemonEndpoint is the port of a program on a node.',
    fields: { Port: 'The number of the port.' },
  },
  Namespace: {
    description:
      'Namespace is a part of the cluster with names of its own. Inside it a Service is reached by its short name, from elsewhere as service.namespace.',
    fields: objectFields({
      spec: 'What must be done before it goes.',
      status: 'Whether it is being deleted.',
    }),
  },
  NamespaceCondition: {
    description: 'NamespaceCondition tells one aspect of a namespace that is being deleted.',
    fields: {
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read.',
      reason: 'The reason in one CamelCase word.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is, such as NamespaceContentRemaining.',
    },
  },
  NamespaceSpec: {
    description: 'NamespaceSpec says what must be done before a namespace goes.',
    fields: {
      finalizers: 'Who still has something to do; kubernetes stands for deleting all that is in it.',
    },
  },
  NamespaceStatus: {
    description: 'NamespaceStatus tells whether a namespace is being deleted.',
    fields: { conditions: 'What keeps it from going.', phase: 'Where the namespace is in its life.' },
  },
  Node: {
    description: 'Node is a machine of the cluster, on which Pods run.',
    fields: objectFields({ spec: 'What the node is to do.', status: 'What the kubelet reports of it.' }),
  },
  NodeAddress: {
    description: 'NodeAddress is an address of a node.',
    fields: {
      address: 'The address.',
      type: 'Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.',
    },
  },
  NodeCondition: {
    description: "NodeCondition tells one aspect of a node's state.",
    fields: {
      lastHeartbeatTime: 'When the kubelet last reported it.',
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read.',
      reason: 'The reason in one CamelCase word.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is: Ready, MemoryPressure, DiskPressure, PIDPressure or NetworkUnavailable.',
    },
  },
  NodeConfigSource: {
    description: "NodeConfigSource says where the kubelet's settings come from. It is no longer used.",
    fields: { configMap: 'A ConfigMap.' },
  },
  NodeConfigStatus: {
    description: 'NodeConfigStatus tells which settings the kubelet uses. It is no longer used.',
    fields: {
      active: 'The settings in force.',
      assigned: 'The settings wanted.',
      error: 'What was wrong with them.',
      lastKnownGood: 'The settings to fall back on.',
    },
  },
  NodeDaemonEndpoints: {
    description: 'NodeDaemonEndpoints lists ports of programs on a node.',
    fields: { kubeletEndpoint: 'The port of the kubelet.' },
  },
  NodeFeatures: {
    description: "NodeFeatures tells what a node's container runtime can do.",
    fields: { supplementalGroupsPolicy: 'Whether it knows supplementalGroupsPolicy.' },
  },
  NodeRuntimeHandler: {
    description: 'NodeRuntimeHandler is a way in which a node can run containers.',
    fields: { features: 'What it can do.', name: 'Its name; empty for the usual one.' },
  },
  NodeRuntimeHandlerFeatures: {
    description: 'NodeRuntimeHandlerFeatures tells what a way of running containers can do.',
    fields: {
      recursiveReadOnlyMounts: 'Whether it knows recursiveReadOnly mounts.',
      userNamespaces: 'Whether it knows user namespaces.',
    },
  },
  NodeSpec: {
    description: 'NodeSpec says what a node is to do.',
    fields: {
      configSource: 'Deprecated: no longer used.',
      externalID: 'Deprecated: no longer used.',
      podCIDR: 'The network from which Pods on the node get their addresses.',
      podCIDRs: 'The same, one for each IP family; the first equals podCIDR.',
      providerID: 'What the cloud calls the machine.',
      taints: 'Taints that keep Pods away.',
      unschedulable: 'Whether new Pods are kept away (kubectl cordon). Defaults to false.',
    },
  },
  NodeStatus: {
    description: 'NodeStatus tells what the kubelet reports of a node.',
    fields: {
      addresses: 'The addresses of the node. Node ports answer on them.',
      allocatable: 'What Pods may use: capacity less what is kept for the system.',
      capacity: 'What the machine has.',
      conditions:
        'The state of the node. While Ready is not True, no new Pods come, and after 5 minutes those that are there are evicted.',
      config: 'Deprecated: no longer used.',
      daemonEndpoints: 'Ports of programs on the node.',
      declaredFeatures: 'Features that the node says it has.',
      features: 'What the container runtime can do.',
      images: 'Images that the node has.',
      nodeInfo: 'Versions and identities of the machine.',
      phase: 'Deprecated: no longer used.',
      runtimeHandlers: 'Ways in which the node can run containers.',
      volumesAttached: 'Volumes attached to the node.',
      volumesInUse: 'Volumes that Pods on the node use.',
    },
  },
  NodeSwapStatus: {
    description: "NodeSwapStatus tells of a node's swap.",
    fields: { capacity: 'The size of the swap, in bytes.' },
  },
  NodeSystemInfo: {
    description: 'NodeSystemInfo holds versions and identities of a machine.',
    fields: {
      architecture: "The processor's architecture, such as amd64.",
      bootID: 'An identity that changes with every start.',
      containerRuntimeVersion: 'The container runtime, such as containerd://2.1.0.',
      kernelVersion: 'The version of the kernel.',
      kubeProxyVersion: 'Deprecated: not reported any more.',
      kubeletVersion: 'The version of the kubelet.',
      machineID: 'The identity of the installation.',
      operatingSystem: 'linux or windows.',
      osImage: 'The name of the operating system, such as Debian GNU/Linux 12.',
      swap: 'The swap of the machine.',
      systemUUID: 'The identity of the machine.',
    },
  },
};
