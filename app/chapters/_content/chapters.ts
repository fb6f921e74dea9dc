/** One chapter of the course, as the index lists it. */
export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly says: string;
  /** The chapter's page; absent while it is being written. */
  readonly href?: string;
  /** The chapter's lab, where there is one. */
  readonly lab?: { readonly track: string; readonly slug: string };
}

/** The whole course, in order. */
export const CHAPTERS: readonly Chapter[] = [
  {
    number: 1,
    title: 'Why Services exist',
    says: 'A client holds a Pod’s IP; the Pod is replaced and the client breaks. A stable name and address mend it for good.',
  },
  {
    number: 2,
    title: 'ClusterIP',
    says: 'Three Pods behind one virtual IP and one name. Follow a request from the lookup to the Pod that answers it.',
    href: '/chapters/clusterip',
    lab: { track: 'services', slug: 'clusterip' },
  },
  {
    number: 3,
    title: 'kube-proxy from the inside',
    says: 'Read the rules a node keeps for a Service, work the odds by hand, and see which rule goes when a Pod goes.',
  },
  {
    number: 4,
    title: 'Scenario: a shop’s back end',
    says: 'Back end, MySQL, Redis and a front end that finds them by name, while the internet sees only the front.',
  },
  {
    number: 5,
    title: 'NodePort',
    says: 'One port on every node, also on nodes that run none of the Pods, and the limits that come with it.',
  },
  {
    number: 6,
    title: 'Scenario: a dashboard on premises',
    says: 'No cloud, so a LoadBalancer stays pending. The office reaches a dashboard through any node, and after losing one.',
  },
  {
    number: 7,
    title: 'The kubernetes Service',
    says: 'How a Pod talks to the API server: the first address of the range, a token, a 403, and the Role that lifts it.',
  },
  {
    number: 8,
    title: 'LoadBalancer on AWS',
    says: 'What a cloud controller provisions, how traffic comes in through node ports, and where the client’s IP is lost.',
  },
  {
    number: 9,
    title: 'Named ports',
    says: 'Aim a Service at a port’s name, move the container to another number, and leave the Service alone.',
  },
  {
    number: 10,
    title: 'Two versions, two ports, one Service',
    says: 'Two versions that listen on different ports answer behind the same Service, and why two EndpointSlices appear.',
  },
  {
    number: 11,
    title: 'Multi-port Services',
    says: 'HTTP and HTTPS through one Service, each to its own container, and the SRV records that name them.',
  },
  {
    number: 12,
    title: 'Headless Services',
    says: 'No virtual IP: DNS answers with the Pods themselves, and a StatefulSet’s Pods keep their names when replaced.',
  },
  {
    number: 13,
    title: 'Scenario: a MongoDB replica set',
    says: 'Three members with storage and names of their own. Lose the primary; keep the data.',
  },
  {
    number: 14,
    title: 'Why not a plain ClusterIP for a database',
    says: 'Start the replica set through a virtual IP, watch it fail, say why, and put it right.',
  },
  {
    number: 15,
    title: 'DNS in the cluster',
    says: 'Search lists, ndots, short names and full ones; reaching a Service from another namespace.',
  },
  {
    number: 16,
    title: 'Behind the scenes',
    says: 'From apply to a request that arrives: API server, etcd, the slice, the rules, the record; then back again by delete.',
  },
  {
    number: 17,
    title: 'EndpointSlices by hand',
    says: 'Take a Pod out of rotation without killing it, and give a database outside the cluster a Service inside.',
  },
  {
    number: 18,
    title: 'ExternalName',
    says: 'A CNAME and nothing more. Swap an outside database for an inside one without touching the client.',
  },
  {
    number: 19,
    title: 'Incidents',
    says: 'Broken clusters from the field, from a selector’s typo to a CoreDNS scaled to zero. Find it, mend it.',
  },
  {
    number: 20,
    title: 'Capstone',
    says: 'The whole shop from an empty namespace against a written specification, graded while things fail.',
  },
];
