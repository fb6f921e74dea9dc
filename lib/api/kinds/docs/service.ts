import { type Docs, objectFields } from './docs';

/** Services (core/v1). */
export const serviceDocs: Docs = {
  ClientIPConfig: {
    description: "ClientIPConfig tunes session affinity by the client's address.",
    fields: {
      timeoutSeconds:
        'Seconds that a client which sends nothing is remembered, from 1 to 86400. Defaults to 10800, three hours.',
    },
  },
  LoadBalancerIngress: {
    description: 'LoadBalancerIngress is an entry point of a load balancer: an address or a host name.',
    fields: {
      hostname: 'The host name of the load balancer, as AWS gives it.',
      ip: 'The IP address of the load balancer.',
      ipMode:
        'VIP (the default): nodes short-circuit traffic to the address straight to Pods. Proxy: they let it go through the load balancer.',
      ports: 'The state of each port, where the cloud reports it.',
    },
  },
  LoadBalancerStatus: {
    description: 'LoadBalancerStatus tells where a load balancer can be reached.',
    fields: { ingress: 'The entry points. While it is empty, kubectl shows <pending>.' },
  },
  PortStatus: {
    description: 'PortStatus tells how one port of a load balancer fares.',
    fields: {
      error: 'Why the port does not work, in CamelCase or as domain/Reason.',
      port: 'The number of the port.',
      protocol: 'The protocol of the port.',
    },
  },
  Service: {
    description:
      'Service gives a changing set of Pods one lasting name and address, and spreads connections over those that are ready.',
    fields: objectFields({
      spec: 'What the Service should be: which Pods, which ports, and who can reach it.',
      status: 'What has come of it, above all the address of a load balancer.',
    }),
  },
  ServicePort: {
    description:
      'ServicePort is a port that a Service listens on, and the port of its Pods that it leads to.',
    fields: {
      appProtocol:
        'What is spoken on the port, such as https or kubernetes.io/h2c; a hint for proxies and load balancers. It changes nothing in kube-proxy.',
      name: 'The name of the port, a DNS label. It is required and unique where there are several ports, and matches the port name in EndpointSlices and SRV records.',
      nodePort:
        'The port that every node listens on for types NodePort and LoadBalancer, from 30000 to 32767 unless the cluster says otherwise. Left out, a free one is chosen.',
      port: 'The port that clients connect to, from 1 to 65535.',
      protocol: 'The transport protocol. Defaults to TCP.',
      targetPort:
        'The port of the Pods: a number, or the name of a container port, which is looked up in each Pod. Defaults to port; headless Services ignore it.',
    },
  },
  ServiceSpec: {
    description: 'ServiceSpec says which Pods stand behind a Service and how they are reached.',
    fields: {
      allocateLoadBalancerNodePorts:
        'Whether a Service of type LoadBalancer is given node ports. Defaults to true; set it to false where the load balancer sends to Pods directly.',
      clusterIP:
        "The virtual IP address. It is chosen from the cluster's range unless given, and cannot be changed. None makes the Service headless: its DNS name gives the addresses of the Pods themselves.",
      clusterIPs: 'The virtual addresses, one for each IP family; the first equals clusterIP.',
      externalIPs:
        'Addresses for which nodes accept traffic to this Service. Bringing that traffic to the nodes is up to you; Kubernetes does not manage these addresses.',
      externalName:
        'For type ExternalName, the name that DNS answers with as a CNAME. Nothing is proxied and ports play no part.',
      externalTrafficPolicy:
        'Where traffic from outside goes: to node ports, load balancer addresses and externalIPs. Defaults to Cluster.',
      healthCheckNodePort:
        'The node port on which a load balancer asks whether a node has Pods of the Service. Only for type LoadBalancer with externalTrafficPolicy Local; chosen unless given, and then fixed.',
      internalTrafficPolicy:
        'Where traffic to the virtual IP from inside the cluster goes. Defaults to Cluster.',
      ipFamilies:
        'The IP families of the Service, at most two; the first decides clusterIP. Chosen by the cluster unless given.',
      ipFamilyPolicy: 'Whether the Service has addresses of one IP family or two. Defaults to SingleStack.',
      loadBalancerClass:
        "Which load balancer implementation should serve this Service, such as example.com/internal. Left out, the cloud provider's own does. It cannot be changed while set.",
      loadBalancerIP:
        'The address wanted for the load balancer, where the cloud allows a choice. Deprecated: use annotations of the provider.',
      loadBalancerSourceRanges:
        "Networks, such as 203.0.113.0/24, that may use the load balancer's address; others are dropped. Node ports and the virtual IP stay open.",
      ports: 'The ports of the Service. Only a headless or ExternalName Service may do without.',
      publishNotReadyAddresses:
        'Whether Pods count as ready whatever their probes say, for DNS and for traffic. Meant for headless Services whose members must find each other before they are ready. Defaults to false.',
      selector:
        "Labels that Pods must carry to receive the Service's traffic. Left out, no endpoints are made, and you may write EndpointSlices of your own.",
      sessionAffinity: 'Whether connections of one client go to the same Pod. Defaults to None.',
      sessionAffinityConfig: 'How long affinity lasts.',
      trafficDistribution:
        'A wish about which ready endpoints to prefer: PreferSameZone (also called PreferClose) or PreferSameNode. Left out, all count the same.',
      type: 'Who can reach the Service, and how. Defaults to ClusterIP.',
    },
  },
  ServiceStatus: {
    description: 'ServiceStatus tells what controllers have done for a Service.',
    fields: {
      conditions: 'The state of the Service, as controllers of load balancers report it.',
      loadBalancer: 'Where the load balancer can be reached, for type LoadBalancer.',
    },
  },
  SessionAffinityConfig: {
    description: 'SessionAffinityConfig tunes session affinity.',
    fields: { clientIP: "Settings of affinity by the client's address." },
  },
};
