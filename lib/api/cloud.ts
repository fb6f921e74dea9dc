/** Where a cluster's machines stand: on premises, or in a cloud that gives Services of type LoadBalancer their balancer. */
export type CloudProvider = 'none' | 'aws';
