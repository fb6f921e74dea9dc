import { type Docs, objectFields, type TypeDocs } from './docs';

const referenceDocs: TypeDocs = {
  description: 'CrossVersionObjectReference names an object of the same namespace, in whatever version.',
  fields: {
    apiVersion: 'The group and version of the object.',
    kind: 'The kind of the object.',
    name: 'The name of the object.',
  },
};
const TARGET = 'What the value should be.';
const CURRENT = 'What the value is.';
const METRIC = 'Which metric.';

const limits: Readonly<Record<string, string>> = {
  maxReplicas: 'The most replicas that it may set; not less than minReplicas.',
  minReplicas: 'The fewest replicas that it may set. Defaults to 1.',
  scaleTargetRef: 'What it scales: something with a scale subresource, such as a Deployment.',
};
const replicas: Readonly<Record<string, string>> = {
  currentReplicas: 'How many replicas there were when it last looked.',
  desiredReplicas: 'How many replicas it last wanted.',
  lastScaleTime: 'When it last changed the number of replicas.',
  observedGeneration: 'The generation that it has seen.',
};

/** What scales workloads by measurements (autoscaling/v1 and v2). */
export const autoscalingDocs: Docs = {
  CrossVersionObjectReference: referenceDocs,
  'autoscaling/v2.CrossVersionObjectReference': referenceDocs,
  HorizontalPodAutoscaler: {
    description: 'HorizontalPodAutoscaler sets the replicas of a workload by how busy its Pods are.',
    fields: objectFields({ spec: 'What it scales, and by what.', status: 'How far it is.' }),
  },
  HorizontalPodAutoscalerSpec: {
    description: 'HorizontalPodAutoscalerSpec says what is scaled between which bounds.',
    fields: {
      ...limits,
      targetCPUUtilizationPercentage:
        'How busy the CPUs should be over all Pods, in percent of what they request. Left out, a default of the cluster.',
    },
  },
  HorizontalPodAutoscalerStatus: {
    description: 'HorizontalPodAutoscalerStatus says how far an autoscaler is.',
    fields: {
      ...replicas,
      currentCPUUtilizationPercentage:
        'How busy the CPUs are over all Pods, in percent of what they request. For example 70 means 70% of it is used.',
    },
  },
  'autoscaling/v2.HorizontalPodAutoscaler': {
    description: 'HorizontalPodAutoscaler sets the replicas of a workload by the metrics it names.',
    fields: objectFields({ spec: 'What it scales, and by what.', status: 'How far it is.' }),
  },
  'autoscaling/v2.HorizontalPodAutoscalerSpec': {
    description: 'HorizontalPodAutoscalerSpec says what is scaled by which metrics between which bounds.',
    fields: {
      ...limits,
      behavior: 'How fast it may go up and down. Left out, defaults of the cluster.',
      metrics:
        'What is measured; the metric that asks for most replicas decides. Left out, CPU at 80% of what is requested.',
    },
  },
  'autoscaling/v2.HorizontalPodAutoscalerStatus': {
    description: 'HorizontalPodAutoscalerStatus says how far an autoscaler is.',
    fields: {
      ...replicas,
      conditions: 'Whether it can scale and does, and why not.',
      currentMetrics: 'What was last measured.',
    },
  },
  HorizontalPodAutoscalerBehavior: {
    description: 'HorizontalPodAutoscalerBehavior says how fast an autoscaler may go.',
    fields: {
      scaleDown:
        'Rules for fewer replicas. Left out, all that are too many may go when they were for five minutes.',
      scaleUp: 'Rules for more replicas. Left out, 4 Pods or twice as many within 15 seconds, at once.',
    },
  },
  HPAScalingRules: {
    description: 'HPAScalingRules says how fast an autoscaler may go in one direction.',
    fields: {
      policies: 'Steps that are allowed; at least one.',
      selectPolicy: 'Which of the steps counts: Max, Min, or Disabled for none at all. Defaults to Max.',
      stabilizationWindowSeconds:
        'Seconds to look back for a safer number. Defaults to 0 for more replicas, and to 300 for fewer.',
      tolerance: 'How far off the metric may be before anything is done. Defaults to 10%.',
    },
  },
  HPAScalingPolicy: {
    description: 'HPAScalingPolicy is a step that an autoscaler may take.',
    fields: {
      periodSeconds: 'Within how many seconds; at most 1800.',
      type: 'What value counts: Pods or Percent.',
      value: 'How much it may change; more than 0.',
    },
  },
  HorizontalPodAutoscalerCondition: {
    description: 'HorizontalPodAutoscalerCondition tells one thing about an autoscaler.',
    fields: {
      lastTransitionTime: 'When the status last changed.',
      message: 'Why, for a person to read.',
      reason: 'Why, in one CamelCase word.',
      status: 'True, False or Unknown.',
      type: 'What it tells, such as AbleToScale.',
    },
  },
  MetricIdentifier: {
    description: 'MetricIdentifier names a metric.',
    fields: {
      name: 'The name of the metric.',
      selector: 'Narrows the metric down by its labels, as the metrics server understands them.',
    },
  },
  MetricSpec: {
    description:
      'MetricSpec says what is measured and what the value should be. Only the field that type names is set.',
    fields: {
      containerResource: 'A resource of one container in each Pod, such as cpu.',
      external: 'A metric of something outside of the cluster, such as the length of a queue.',
      object: 'A metric of one object, such as the requests to an Ingress.',
      pods: 'A metric of each Pod, averaged over them.',
      resource: 'A resource that each Pod requests, such as cpu.',
      type: 'Which of the fields is set: ContainerResource, External, Object, Pods or Resource.',
    },
  },
  MetricStatus: {
    description: 'MetricStatus says what was measured. Only the field that type names is set.',
    fields: {
      containerResource: 'A resource of one container in each Pod.',
      external: 'A metric of something outside of the cluster.',
      object: 'A metric of one object.',
      pods: 'A metric of each Pod, averaged over them.',
      resource: 'A resource that each Pod requests.',
      type: 'Which of the fields is set: ContainerResource, External, Object, Pods or Resource.',
    },
  },
  MetricTarget: {
    description: 'MetricTarget says what a metric should be.',
    fields: {
      averageUtilization: 'The average over all Pods, in percent of what they request; for resources only.',
      averageValue: 'The average over all Pods.',
      type: 'Which of the values is meant: Utilization, Value or AverageValue.',
      value: 'The value itself.',
    },
  },
  MetricValueStatus: {
    description: 'MetricValueStatus says what a metric is.',
    fields: {
      averageUtilization: 'The average over all Pods, in percent of what they request.',
      averageValue: 'The average over all Pods.',
      value: 'The value itself.',
    },
  },
  ContainerResourceMetricSource: {
    description: 'ContainerResourceMetricSource says how much of a resource one container should use.',
    fields: { container: 'The name of the container.', name: 'The name of the resource.', target: TARGET },
  },
  ContainerResourceMetricStatus: {
    description: 'ContainerResourceMetricStatus says how much of a resource one container uses.',
    fields: { container: 'The name of the container.', current: CURRENT, name: 'The name of the resource.' },
  },
  ExternalMetricSource: {
    description: 'ExternalMetricSource says what a metric from outside of the cluster should be.',
    fields: { metric: METRIC, target: TARGET },
  },
  ExternalMetricStatus: {
    description: 'ExternalMetricStatus says what a metric from outside of the cluster is.',
    fields: { current: CURRENT, metric: METRIC },
  },
  ObjectMetricSource: {
    description: 'ObjectMetricSource says what a metric of one object should be.',
    fields: { describedObject: 'The object.', metric: METRIC, target: TARGET },
  },
  ObjectMetricStatus: {
    description: 'ObjectMetricStatus says what a metric of one object is.',
    fields: { current: CURRENT, describedObject: 'The object.', metric: METRIC },
  },
  PodsMetricSource: {
    description: 'PodsMetricSource says what a metric of the Pods should be.',
    fields: { metric: METRIC, target: TARGET },
  },
  PodsMetricStatus: {
    description: 'PodsMetricStatus says what a metric of the Pods is.',
    fields: { current: CURRENT, metric: METRIC },
  },
  ResourceMetricSource: {
    description: 'ResourceMetricSource says how much of a resource the Pods should use.',
    fields: { name: 'The name of the resource.', target: TARGET },
  },
  ResourceMetricStatus: {
    description: 'ResourceMetricStatus says how much of a resource the Pods use.',
    fields: { current: CURRENT, name: 'The name of the resource.' },
  },
};
