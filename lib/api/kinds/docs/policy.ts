import { type Docs, objectFields } from './docs';

/** Quotas, limits and disruption budgets (core/v1 and policy/v1). */
export const policyDocs: Docs = {
  Eviction: {
    description: 'Eviction asks for a Pod to be deleted as its disruption budgets allow (kubectl drain).',
    fields: objectFields({ deleteOptions: 'How the Pod is to be deleted.' }),
  },
  LimitRange: {
    description:
      'LimitRange sets defaults and bounds for the resources of single objects in its namespace. It concerns objects made from then on.',
    fields: objectFields({ spec: 'The limits.' }),
  },
  LimitRangeItem: {
    description: 'LimitRangeItem sets defaults and bounds for one kind of thing.',
    fields: {
      default: 'Limits for containers that name none.',
      defaultRequest: 'Requests for containers that name none. Defaults to default.',
      max: 'The most that may be asked for.',
      maxLimitRequestRatio: 'How many times its request a limit may be.',
      min: 'The least that must be asked for.',
      type: 'What is meant: Container, Pod or PersistentVolumeClaim.',
    },
  },
  LimitRangeSpec: {
    description: 'LimitRangeSpec lists limits.',
    fields: { limits: 'The limits, each for one kind of thing.' },
  },
  PodDisruptionBudget: {
    description:
      'PodDisruptionBudget says how many of some Pods must go on running when Pods are evicted on purpose. It does not help against failures.',
    fields: objectFields({ spec: 'Which Pods, and how many.', status: 'How many may be evicted now.' }),
  },
  PodDisruptionBudgetSpec: {
    description: 'PodDisruptionBudgetSpec says which Pods are protected and how far.',
    fields: {
      maxUnavailable:
        'How many of the Pods, as a number or percentage, may be missing. Excludes minAvailable.',
      minAvailable: 'How many of the Pods, as a number or percentage, must be left. Excludes maxUnavailable.',
      selector: 'Picks the Pods. Empty means all in the namespace, left out none.',
      unhealthyPodEvictionPolicy: 'When Pods that are not Ready may be evicted. Defaults to IfHealthyBudget.',
    },
  },
  PodDisruptionBudgetStatus: {
    description: 'PodDisruptionBudgetStatus tells how many Pods may be evicted now.',
    fields: {
      conditions: 'The state of the budget: DisruptionAllowed.',
      currentHealthy: 'Pods that are Ready.',
      desiredHealthy: 'Pods that must be Ready.',
      disruptedPods: 'Pods whose eviction has begun and that are not gone yet, and since when.',
      disruptionsAllowed: 'Pods that may be evicted now.',
      expectedPods: 'Pods that the budget counts on.',
      observedGeneration: 'The metadata.generation that the controller has seen.',
    },
  },
  ResourceQuota: {
    description:
      'ResourceQuota limits what all objects of its namespace may use together. What would go beyond it is refused with 403 Forbidden.',
    fields: objectFields({ spec: 'The limits.', status: 'The limits, and what is used.' }),
  },
  ResourceQuotaSpec: {
    description: 'ResourceQuotaSpec says what is limited.',
    fields: {
      hard: 'The limits by name, such as pods, services.nodeports, requests.cpu or count/deployments.apps. Limits on CPU or memory make every container name its own.',
      scopeSelector: 'Which objects are counted, by scopes with values.',
      scopes: 'Which objects are counted: those in all of these scopes. Left out, every one.',
    },
  },
  ResourceQuotaStatus: {
    description: 'ResourceQuotaStatus tells what is used.',
    fields: { hard: 'The limits in force.', used: 'What is used, by the same names.' },
  },
  ScopeSelector: {
    description: 'ScopeSelector picks objects by scopes. All requirements must hold.',
    fields: { matchExpressions: 'The requirements.' },
  },
  ScopedResourceSelectorRequirement: {
    description: 'ScopedResourceSelectorRequirement compares one scope.',
    fields: {
      operator: 'How it is compared.',
      scopeName: 'The scope.',
      values: 'What it is compared with, for In and NotIn.',
    },
  },
};
