import { type Docs, objectFields, type TypeDocs } from './docs';

const seriesDocs: TypeDocs = {
  description: 'EventSeries tells of an event that goes on.',
  fields: { count: 'How often it has happened so far.', lastObservedTime: 'When it last happened.' },
};

/** Events, leases and references to objects (core/v1, events.k8s.io/v1 and coordination.k8s.io/v1). */
export const eventDocs: Docs = {
  Event: {
    description:
      'Event tells of something that happened to an object. Events help people and go after an hour; nothing should depend on them.',
    fields: objectFields({
      action: 'What was done, in CamelCase.',
      count: 'How often it has happened.',
      eventTime: 'When it first happened, where events are written the newer way.',
      firstTimestamp: 'When it first happened.',
      involvedObject: 'The object that it happened to.',
      lastTimestamp: 'When it last happened.',
      message: 'What happened, for a person to read.',
      reason: 'What happened, in one CamelCase word such as FailedScheduling.',
      related: 'Another object that played a part.',
      reportingComponent: 'Who reports it, such as kubernetes.io/kubelet.',
      reportingInstance: "Which one of them, such as a node's name.",
      series: 'That it goes on, and how often it has happened.',
      source: 'Who reports it, the older way.',
      type: 'Normal or Warning.',
    }),
  },
  EventSeries: seriesDocs,
  'events.Event': {
    description:
      'Event tells of something that happened to an object. Events help people and go after an hour; nothing should depend on them.',
    fields: objectFields({
      action: 'What was done, in CamelCase. New events must say it.',
      deprecatedCount: 'How often it has happened, of events written the older way.',
      deprecatedFirstTimestamp: 'When it first happened, of events written the older way.',
      deprecatedLastTimestamp: 'When it last happened, of events written the older way.',
      deprecatedSource: 'Who reports it, of events written the older way.',
      eventTime: 'When it first happened. New events must say it.',
      note: 'What happened, for a person to read; at most 1024 letters.',
      reason: 'Why it was done, in one CamelCase word such as FailedScheduling.',
      regarding: 'The object that it happened to.',
      related: 'Another object that played a part.',
      reportingController: 'Who reports it, such as kubernetes.io/kubelet. New events must say it.',
      reportingInstance: "Which one of them, such as a node's name. New events must say it.",
      series: 'That it goes on, and how often it has happened.',
      type: 'Normal or Warning.',
    }),
  },
  'events.EventSeries': seriesDocs,
  EventSource: {
    description: 'EventSource is who reports an event.',
    fields: { component: 'The component, such as kubelet.', host: 'The node that it runs on.' },
  },
  Lease: {
    description:
      'Lease says who holds something, and until when. Nodes renew one as a sign of life; controllers elect a leader by one.',
    fields: objectFields({ spec: 'Who holds it.' }),
  },
  LeaseSpec: {
    description: 'LeaseSpec says who holds a lease.',
    fields: {
      acquireTime: 'When the holder got it.',
      holderIdentity: 'Who holds it.',
      leaseDurationSeconds: 'Seconds after renewTime at which others may take it.',
      leaseTransitions: 'How often it has gone from one holder to another.',
      preferredHolder: 'Who should hold it next.',
      renewTime: 'When the holder last renewed it.',
      strategy: 'How a leader is chosen, such as OldestEmulationVersion.',
    },
  },
  ObjectReference: {
    description: 'ObjectReference names an object.',
    fields: {
      apiVersion: 'The group and version of the object.',
      fieldPath: 'A part of the object, such as spec.containers{nginx}.',
      kind: 'The kind of the object.',
      name: 'The name of the object.',
      namespace: 'The namespace of the object.',
      resourceVersion: 'The version of the object that is meant, if one is.',
      uid: 'The uid of the object.',
    },
  },
};
