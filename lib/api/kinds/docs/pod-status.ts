import type { Docs } from './docs';

/** What is told of running Pods and containers (core/v1). */
export const podStatusDocs: Docs = {
  ContainerExtendedResourceRequest: {
    description:
      "ContainerExtendedResourceRequest tells which request of a claim serves a container's extended resource.",
    fields: {
      containerName: 'The container.',
      requestName: 'The request in the claim.',
      resourceName: 'The extended resource.',
    },
  },
  ContainerState: {
    description: 'ContainerState is what a container is doing. One of its fields is set; none means waiting.',
    fields: {
      running: 'It runs.',
      terminated: 'It has ended.',
      waiting: 'It has yet to start, or to start again.',
    },
  },
  ContainerStateRunning: {
    description: 'ContainerStateRunning is the state of a container that runs.',
    fields: { startedAt: 'When it started.' },
  },
  ContainerStateTerminated: {
    description: 'ContainerStateTerminated is the state of a container that has ended.',
    fields: {
      containerID: 'The container at the runtime, as type://id.',
      exitCode: 'The exit code: 0 is well, 137 mostly means killed by SIGKILL, 143 by SIGTERM.',
      finishedAt: 'When it ended.',
      message: 'What it left as its termination message.',
      reason: 'Why, in one CamelCase word: Completed, Error, OOMKilled ...',
      signal: 'The signal that ended it, if the runtime says.',
      startedAt: 'When it had started.',
    },
  },
  ContainerStateWaiting: {
    description: 'ContainerStateWaiting is the state of a container that has yet to start.',
    fields: {
      message: 'The reason for a person to read.',
      reason:
        'What it waits for, in one CamelCase word: ContainerCreating, ImagePullBackOff, CrashLoopBackOff ...',
    },
  },
  ContainerStatus: {
    description: 'ContainerStatus tells what one container is doing.',
    fields: {
      allocatedResources: 'The requests that the node has set aside for it.',
      allocatedResourcesStatus: 'The health of devices that it uses.',
      containerID: 'The container at the runtime, as type://id.',
      image: 'The image that runs.',
      imageID: "The image's identity, with its digest.",
      lastState: 'How its last run ended. Look here after a restart.',
      name: 'The name of the container.',
      ready: 'Whether it passes its readiness probe, or runs where it has none.',
      resources: 'The requests and limits that are in force.',
      restartCount: 'How often it has been restarted.',
      started: 'Whether it runs and has passed its startup probe.',
      state: 'What it is doing now.',
      stopSignal: 'The signal that asks it to stop.',
      user: 'The user that it began as.',
      volumeMounts: 'The volumes that it has mounted.',
    },
  },
  ContainerUser: {
    description: 'ContainerUser is the user that a container began as.',
    fields: { linux: 'The user on Linux.' },
  },
  HostIP: {
    description: 'HostIP is an IP address of a node.',
    fields: { ip: 'The IP address.' },
  },
  LinuxContainerUser: {
    description: 'LinuxContainerUser is the user that a container began as on Linux.',
    fields: {
      gid: 'The number of its first group.',
      supplementalGroups: 'The numbers of its other groups.',
      uid: 'The number of the user.',
    },
  },
  PodCondition: {
    description: "PodCondition tells one aspect of a Pod's state.",
    fields: {
      lastProbeTime: 'When the condition was last looked at.',
      lastTransitionTime: 'When status last changed.',
      message: 'The reason for a person to read.',
      observedGeneration: 'The metadata.generation that the condition was set for.',
      reason: 'The reason in one CamelCase word.',
      status: 'True, False or Unknown.',
      type: 'Which aspect this is: PodScheduled, Initialized, ContainersReady, Ready ... A Service sends traffic to Pods that are Ready.',
    },
  },
  PodExtendedResourceClaimStatus: {
    description: 'PodExtendedResourceClaimStatus tells of the claim made for extended resources.',
    fields: {
      requestMappings: 'Which request serves which container.',
      resourceClaimName: 'The name of the claim.',
    },
  },
  PodIP: {
    description: 'PodIP is an IP address of a Pod.',
    fields: { ip: 'The IP address.' },
  },
  PodResourceClaimStatus: {
    description: 'PodResourceClaimStatus tells which claim was made from a template.',
    fields: {
      name: "The name in the Pod's resourceClaims.",
      resourceClaimName: 'The name of the claim; absent where none was needed.',
    },
  },
  PodStatus: {
    description: 'PodStatus tells what a Pod is doing, as the kubelet last reported it.',
    fields: {
      allocatedResources: 'The requests that the node has set aside for the Pod.',
      conditions: 'The state of the Pod, aspect by aspect.',
      containerStatuses: 'The state of each container.',
      ephemeralContainerStatuses: 'The state of each ephemeral container.',
      extendedResourceClaimStatus: 'The claim made for extended resources.',
      hostIP: 'The address of the node.',
      hostIPs: 'All addresses of the node, one for each IP family.',
      initContainerStatuses: 'The state of each init container.',
      message: 'Why the Pod is in this state, for a person to read.',
      nominatedNodeName: 'The node on which room is being made for the Pod.',
      observedGeneration: 'The metadata.generation that the status was made for.',
      phase:
        'A summary of where the Pod is in its life. Running does not mean Ready: look at the conditions.',
      podIP: 'The address of the Pod, reachable from all Pods and nodes. Empty until it has one.',
      podIPs: 'All addresses of the Pod, one for each IP family.',
      qosClass: 'The quality of service, from requests and limits; it decides who is evicted first.',
      reason: 'Why the Pod is in this state, in one CamelCase word such as Evicted.',
      resize: 'Deprecated: look at the conditions PodResizePending and PodResizeInProgress.',
      resourceClaimStatuses: 'The claims made for the Pod.',
      resources: 'The requests and limits in force for the Pod as a whole.',
      startTime: 'When the kubelet took up the Pod, before images were pulled.',
    },
  },
  ResourceHealth: {
    description: 'ResourceHealth tells the health of one device.',
    fields: { health: 'Healthy, Unhealthy or Unknown.', resourceID: 'The identity of the device.' },
  },
  ResourceStatus: {
    description: 'ResourceStatus tells the health of the devices of one resource.',
    fields: { name: 'The name of the resource.', resources: 'The devices.' },
  },
  VolumeMountStatus: {
    description: 'VolumeMountStatus tells how a volume is mounted.',
    fields: {
      mountPath: 'Where it is mounted.',
      name: 'The name of the volume.',
      readOnly: 'Whether it can only be read.',
      recursiveReadOnly: 'Whether mounts below it can only be read, too.',
    },
  },
};
