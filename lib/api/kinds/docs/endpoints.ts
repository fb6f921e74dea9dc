import { type Docs, objectFields } from './docs';

/** Endpoints (core/v1) and EndpointSlices (discovery.k8s.io/v1). */
export const endpointsDocs: Docs = {
  Endpoint: {
    description: 'Endpoint is one backend of a Service, mostly a Pod.',
    fields: {
      addresses: "The addresses of the backend, of the slice's type. kube-proxy uses the first only.",
      conditions: 'Whether the backend should be given traffic.',
      deprecatedTopology: 'Deprecated: left over from v1beta1, and never written.',
      hints: 'For whom this backend is meant first.',
      hostname:
        'The host name of the backend; with a headless Service it gets a DNS name of its own, hostname.service.namespace.svc.',
      nodeName: 'The node that the backend runs on. Traffic policies Local go by it.',
      targetRef: 'The object behind the addresses, such as a Pod.',
      zone: 'The zone that the backend runs in.',
    },
  },
  EndpointAddress: {
    description: 'EndpointAddress is one IP address in Endpoints.',
    fields: {
      hostname: 'The host name of the backend.',
      ip: 'The IP address. Loopback and link-local addresses are refused.',
      nodeName: 'The node that the backend runs on.',
      targetRef: 'The object behind the address, such as a Pod.',
    },
  },
  EndpointConditions: {
    description: 'EndpointConditions tells whether a backend should be given traffic.',
    fields: {
      ready:
        'Whether the backend takes new traffic: its Pod is Ready and not being deleted. Absent counts as true.',
      serving:
        'Whether the backend answers, even while its Pod is being deleted. Traffic goes there only when no endpoint is ready.',
      terminating: "Whether the backend's Pod is being deleted. Absent counts as false.",
    },
  },
  EndpointHints: {
    description: 'EndpointHints says for whom a backend is meant first, to keep traffic near.',
    fields: {
      forNodes: 'Nodes whose clients should use this backend; at most 8.',
      forZones: 'Zones whose clients should use this backend; at most 8.',
    },
  },
  EndpointPort: {
    description: 'EndpointPort is a port in Endpoints.',
    fields: {
      appProtocol: 'What is spoken on the port, such as https; copied from the Service.',
      name: "The name of the port, equal to that of the Service's port. It may be absent where there is only one.",
      port: 'The number of the port at the backend.',
      protocol: 'The transport protocol. Defaults to TCP.',
    },
  },
  EndpointSlice: {
    description:
      "EndpointSlice holds some of the backends of a Service, up to 100 as a rule. All slices with the Service's name in the label kubernetes.io/service-name belong together.",
    fields: objectFields({
      addressType: 'The type of all addresses in the slice. It cannot be changed.',
      endpoints: 'The backends, at most 1000.',
      ports:
        'The ports of every backend in the slice, at most 100. Pods for which a named port resolves to different numbers stand in different slices.',
    }),
  },
  EndpointSubset: {
    description:
      'EndpointSubset is a set of addresses that share the same ports: every address goes with every port.',
    fields: {
      addresses: 'Addresses that receive traffic.',
      notReadyAddresses: 'Addresses whose Pods are not Ready; no traffic goes there.',
      ports: 'The ports of these addresses.',
    },
  },
  Endpoints: {
    description:
      'Endpoints lists the backends of the Service of the same name. It is deprecated: EndpointSlices say the same and more, and kube-proxy reads them alone.',
    fields: objectFields({ subsets: 'The backends, grouped by the ports they share.' }),
  },
  ForNode: {
    description: 'ForNode names a node whose clients should use an endpoint.',
    fields: { name: 'The name of the node.' },
  },
  ForZone: {
    description: 'ForZone names a zone whose clients should use an endpoint.',
    fields: { name: 'The name of the zone.' },
  },
  'discovery.EndpointPort': {
    description: 'EndpointPort is a port of every backend in an EndpointSlice.',
    fields: {
      appProtocol: 'What is spoken on the port, such as https; copied from the Service.',
      name: "The name of the port, equal to that of the Service's port: kube-proxy matches the two by it. Unique in the slice; may be empty.",
      port: 'The number of the port at the backends. Absent, it means all ports.',
      protocol: 'The transport protocol. Defaults to TCP.',
    },
  },
};
