import { type Docs, objectFields } from './docs';

/** What decides on which node a Pod runs (core/v1 and scheduling.k8s.io/v1). */
export const schedulingDocs: Docs = {
  Affinity: {
    description: 'Affinity says near what a Pod should run.',
    fields: {
      nodeAffinity: 'Which nodes, by their labels.',
      podAffinity: 'Near which other Pods.',
      podAntiAffinity: 'Apart from which other Pods.',
    },
  },
  NodeAffinity: {
    description: 'NodeAffinity says which nodes a Pod wants or prefers.',
    fields: {
      preferredDuringSchedulingIgnoredDuringExecution:
        'Preferences with weights; the node with the highest sum is chosen.',
      requiredDuringSchedulingIgnoredDuringExecution:
        'What a node must have. A Pod that runs is not moved when the node changes.',
    },
  },
  NodeSelector: {
    description: 'NodeSelector picks nodes: those that match any of its terms.',
    fields: { nodeSelectorTerms: 'The terms; one must match.' },
  },
  NodeSelectorRequirement: {
    description: 'NodeSelectorRequirement compares one label or field of a node.',
    fields: {
      key: 'The label, or the field.',
      operator: 'How it is compared.',
      values: 'What it is compared with: none for Exists and DoesNotExist, one whole number for Gt and Lt.',
    },
  },
  NodeSelectorTerm: {
    description:
      'NodeSelectorTerm is a list of requirements that must all hold. An empty term matches nothing.',
    fields: {
      matchExpressions: 'Requirements on labels.',
      matchFields: 'Requirements on fields; only metadata.name is known.',
    },
  },
  PodAffinity: {
    description: 'PodAffinity says near which other Pods a Pod should run.',
    fields: {
      preferredDuringSchedulingIgnoredDuringExecution: 'Preferences with weights.',
      requiredDuringSchedulingIgnoredDuringExecution: 'Terms that must all hold when the Pod is placed.',
    },
  },
  PodAffinityTerm: {
    description: 'PodAffinityTerm picks Pods, and says how near to them is near.',
    fields: {
      labelSelector: 'Picks the Pods by their labels. Left out, none.',
      matchLabelKeys:
        'Labels whose value in the new Pod is added to labelSelector, such as pod-template-hash.',
      mismatchLabelKeys: 'Labels whose value must differ from that in the new Pod.',
      namespaceSelector: 'Namespaces in which to look, by their labels; empty means all.',
      namespaces: "Namespaces in which to look, by name. Left out with no namespaceSelector, the Pod's own.",
      topologyKey:
        'The node label that says what is near: nodes with the same value are. For example kubernetes.io/hostname.',
    },
  },
  PodAntiAffinity: {
    description: 'PodAntiAffinity says apart from which other Pods a Pod should run.',
    fields: {
      preferredDuringSchedulingIgnoredDuringExecution: 'Preferences with weights.',
      requiredDuringSchedulingIgnoredDuringExecution: 'Terms of which none may hold where the Pod is placed.',
    },
  },
  PreferredSchedulingTerm: {
    description: 'PreferredSchedulingTerm is a preference for some nodes, with a weight.',
    fields: { preference: 'The nodes preferred.', weight: 'How much it counts, from 1 to 100.' },
  },
  PriorityClass: {
    description: 'PriorityClass gives a name to a priority, from which Pods take theirs.',
    fields: objectFields({
      description: 'When this class should be used, for a person to read.',
      globalDefault:
        'Whether Pods without a class take this one. Only one class should say so. Defaults to false.',
      preemptionPolicy:
        'Whether Pods of the class may push out others of lower priority. Defaults to PreemptLowerPriority.',
      value:
        'The priority: the higher, the sooner. At most 1000000000 for classes of your own. It cannot be changed.',
    }),
  },
  Taint: {
    description: 'Taint keeps Pods off a node unless they tolerate it.',
    fields: {
      effect: 'What it does to Pods that do not tolerate it.',
      key: 'The name of the taint.',
      timeAdded: 'When the taint was put on.',
      value: 'The value of the taint.',
    },
  },
  Toleration: {
    description: 'Toleration lets a Pod run on nodes with a matching taint. It does not draw it there.',
    fields: {
      effect: 'The effect to tolerate. Empty, all of them.',
      key: 'The taint to tolerate. Empty with operator Exists, all of them.',
      operator: 'How the value is compared. Defaults to Equal.',
      tolerationSeconds:
        'Seconds that the Pod stays after a NoExecute taint has come. Left out, for ever; 0 or less, it goes at once.',
      value: 'The value of the taint, for operators that compare it.',
    },
  },
  TopologySpreadConstraint: {
    description:
      'TopologySpreadConstraint spreads like Pods evenly over zones, nodes or whatever a node label tells apart.',
    fields: {
      labelSelector: 'Picks the Pods that are counted.',
      matchLabelKeys:
        'Labels whose value in the new Pod is added to labelSelector, such as pod-template-hash.',
      maxSkew: 'By how many Pods the fullest place may lead over the emptiest; at least 1.',
      minDomains: 'How many places there must be; while there are fewer, the emptiest counts as 0.',
      nodeAffinityPolicy: "Whether nodes that the Pod's affinity rules out are counted. Defaults to Honor.",
      nodeTaintsPolicy:
        'Whether nodes whose taints the Pod does not tolerate are counted. Defaults to Ignore.',
      topologyKey: 'The node label whose values are the places, such as topology.kubernetes.io/zone.',
      whenUnsatisfiable: 'What happens when there is no such place.',
    },
  },
  WeightedPodAffinityTerm: {
    description: 'WeightedPodAffinityTerm is a preference about other Pods, with a weight.',
    fields: {
      podAffinityTerm: 'The Pods, and how near is near.',
      weight: 'How much it counts, from 1 to 100.',
    },
  },
};
