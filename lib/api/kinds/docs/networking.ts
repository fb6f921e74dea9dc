import { type Docs, objectFields } from './docs';

/** Ingresses and network policies (networking.k8s.io/v1). */
export const networkingDocs: Docs = {
  HTTPIngressPath: {
    description: 'HTTPIngressPath leads requests for some paths to a backend.',
    fields: {
      backend: 'Where matching requests go.',
      path: 'The path to match, beginning with /. Required for types Exact and Prefix. The longest match wins.',
      pathType: 'How the path is matched.',
    },
  },
  HTTPIngressRuleValue: {
    description: 'HTTPIngressRuleValue lists the paths of a host.',
    fields: { paths: 'Paths and their backends.' },
  },
  IPAddress: {
    description:
      'IPAddress is an address that is taken: its name is the address itself. The API server keeps one for each cluster IP; others may keep theirs.',
    fields: objectFields({ spec: 'Whom the address belongs to.' }),
  },
  IPAddressSpec: {
    description: 'IPAddressSpec says whom an address belongs to.',
    fields: { parentRef: 'The object that the address belongs to. It cannot be changed.' },
  },
  IPBlock: {
    description:
      'IPBlock is a network, less some parts of it. It is meant for addresses outside the cluster.',
    fields: {
      cidr: 'The network, such as 192.168.1.0/24.',
      except: 'Parts of the network that are left out, such as 192.168.1.64/26.',
    },
  },
  Ingress: {
    description:
      'Ingress tells an Ingress controller which HTTP hosts and paths lead to which Services. Without such a controller it does nothing.',
    fields: objectFields({
      spec: 'Hosts, paths and certificates.',
      status: 'Where the Ingress can be reached.',
    }),
  },
  IngressBackend: {
    description: 'IngressBackend is where requests go: a Service or, for some controllers, another object.',
    fields: {
      resource:
        'An object in the same namespace that the controller knows how to serve from. Excludes service.',
      service: 'A Service in the same namespace. Excludes resource.',
    },
  },
  IngressClass: {
    description:
      'IngressClass names a kind of Ingress controller. The annotation ingressclass.kubernetes.io/is-default-class makes it the class of Ingresses that name none.',
    fields: objectFields({ spec: 'Which controller, with which settings.' }),
  },
  IngressClassParametersReference: {
    description: 'IngressClassParametersReference names an object with settings for a controller.',
    fields: {
      apiGroup: 'The group of the object; empty for the core group.',
      kind: 'The kind of the object.',
      name: 'The name of the object.',
      namespace: 'The namespace of the object, for scope Namespace.',
      scope: 'Cluster (the default) or Namespace.',
    },
  },
  IngressClassSpec: {
    description: 'IngressClassSpec says which controller serves the Ingresses of a class.',
    fields: {
      controller: 'The name of the controller, such as example.com/ingress-controller. It cannot be changed.',
      parameters: 'An object with further settings for the controller.',
    },
  },
  IngressLoadBalancerIngress: {
    description: 'IngressLoadBalancerIngress is an entry point of an Ingress: an address or a host name.',
    fields: {
      hostname: 'The host name of the load balancer.',
      ip: 'The IP address of the load balancer.',
      ports: 'The ports that are open there.',
    },
  },
  IngressLoadBalancerStatus: {
    description: 'IngressLoadBalancerStatus tells where an Ingress can be reached.',
    fields: { ingress: 'The entry points.' },
  },
  IngressPortStatus: {
    description: 'IngressPortStatus tells how one port of an entry point fares.',
    fields: {
      error: 'Why the port does not work, in CamelCase or as domain/Reason.',
      port: 'The number of the port.',
      protocol: 'The protocol of the port.',
    },
  },
  IngressRule: {
    description: 'IngressRule leads the requests for one host to backends.',
    fields: {
      host: 'The host name, as in the Host header. *.example.com matches one label in place of the star; left out, the rule is for all hosts.',
      http: 'The paths of the host. Left out, all of them go to the default backend.',
    },
  },
  IngressServiceBackend: {
    description: 'IngressServiceBackend names a Service and one of its ports.',
    fields: {
      name: 'The name of the Service, in the namespace of the Ingress.',
      port: 'The port of the Service.',
    },
  },
  IngressSpec: {
    description: 'IngressSpec says which hosts and paths lead to which Services.',
    fields: {
      defaultBackend: 'Where requests go that no rule matches. Required where there are no rules.',
      ingressClassName:
        "The IngressClass, and so the controller, that is meant. Left out, the cluster's default class.",
      rules: 'Hosts and their paths.',
      tls: 'Certificates for HTTPS on port 443.',
    },
  },
  IngressStatus: {
    description: 'IngressStatus tells what the controller has made of an Ingress.',
    fields: { loadBalancer: 'Where the Ingress can be reached.' },
  },
  IngressTLS: {
    description: 'IngressTLS says which certificate is for which hosts.',
    fields: {
      hosts: 'The hosts that the certificate is for; they should match those of the rules.',
      secretName: 'A Secret of type kubernetes.io/tls in the same namespace, with tls.crt and tls.key.',
    },
  },
  NetworkPolicy: {
    description:
      'NetworkPolicy limits who may talk to some Pods, and whom they may talk to. Pods that no policy selects are open; several policies add up, and what none allows is dropped without a word.',
    fields: objectFields({ spec: 'Which Pods, and what is allowed.' }),
  },
  NetworkPolicyEgressRule: {
    description: 'NetworkPolicyEgressRule allows traffic to some peers on some ports.',
    fields: {
      ports: 'The ports allowed. Left out or empty, all of them.',
      to: 'The peers allowed, any one of them. Left out or empty, all destinations.',
    },
  },
  NetworkPolicyIngressRule: {
    description: 'NetworkPolicyIngressRule allows traffic from some peers on some ports.',
    fields: {
      from: 'The peers allowed, any one of them. Left out or empty, all sources.',
      ports: 'The ports of the selected Pods that are allowed. Left out or empty, all of them.',
    },
  },
  NetworkPolicyPeer: {
    description:
      'NetworkPolicyPeer is a set of Pods or a network. Both selectors in one peer must hold together; as two peers either is enough.',
    fields: {
      ipBlock: 'A network. Excludes the selectors.',
      namespaceSelector: 'Namespaces by their labels; empty means all. Alone it means all Pods in them.',
      podSelector:
        "Pods by their labels; empty means all. Alone it means Pods of the policy's own namespace.",
    },
  },
  NetworkPolicyPort: {
    description: 'NetworkPolicyPort is a port or a range of ports.',
    fields: {
      endPort: 'The last port of a range that begins with port, which must then be a number.',
      port: "The number or name of the Pods' port: traffic through a Service is judged by the port it arrives at, not by the Service's. Left out, all ports.",
      protocol: 'The transport protocol. Defaults to TCP.',
    },
  },
  NetworkPolicySpec: {
    description: 'NetworkPolicySpec says which Pods a policy is for and what it allows them.',
    fields: {
      egress: 'Traffic that may leave the Pods. Empty with policy type Egress, nothing may, DNS included.',
      ingress: 'Traffic that may come to the Pods. Empty, nothing may.',
      podSelector: 'The Pods that the policy is for, in its own namespace. Empty means all of them.',
      policyTypes:
        'Which directions the policy limits. Defaults to Ingress, and Egress too where there are egress rules.',
    },
  },
  ServiceBackendPort: {
    description: 'ServiceBackendPort is a port of a Service, by name or by number.',
    fields: {
      name: 'The name of the port. Excludes number.',
      number: 'The number of the port. Excludes name.',
    },
  },
  ParentReference: {
    description: 'ParentReference names the object that an address belongs to.',
    fields: {
      group: 'The API group of the object; empty for the core group.',
      name: 'The name of the object.',
      namespace: 'The namespace of the object, if it has one.',
      resource: 'The resource of the object, such as services.',
    },
  },
  ServiceCIDR: {
    description:
      'ServiceCIDR is a range that cluster IPs are taken from. The one called kubernetes is made from the flags of the API server; more of them add addresses.',
    fields: objectFields({
      spec: 'The range, or one of each family.',
      status: 'Whether addresses are taken from it.',
    }),
  },
  ServiceCIDRSpec: {
    description: 'ServiceCIDRSpec states the ranges.',
    fields: {
      cidrs:
        'One or two ranges, such as 10.96.0.0/12, of different families. They cannot be changed, but a second family may be added.',
    },
  },
  ServiceCIDRStatus: {
    description: 'ServiceCIDRStatus tells the state of a range.',
    fields: {
      conditions:
        'Ready: addresses are taken from it. False while it is deleted and addresses still need it.',
    },
  },
};
