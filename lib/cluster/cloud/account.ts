/** The AWS account, its one VPC, and the cluster in it as kops knows it. */
export const ACCOUNT_ID = '111122223333';
export const REGION = 'us-east-1';
export const CLUSTER_NAME = 'portside.k8s.local';
export const VPC_ID = 'vpc-0a7c3e51b9d24f680';
/** What kops puts on all that belongs to its cluster; the cloud provider finds its own by it. */
export const CLUSTER_TAG = `kubernetes.io/cluster/${CLUSTER_NAME}`;

/** An availability zone with the one subnet that balancers of this cluster may have addresses in. */
export interface Zone {
  readonly name: string;
  readonly id: string;
  readonly subnet: string;
  readonly cidr: string;
}

/** The zones that kops was told to use: instances are spread over them in turn. */
export const ZONES: readonly Zone[] = [
  { name: 'us-east-1a', id: 'use1-az1', subnet: 'subnet-05b1c8e2f4a963d70', cidr: '192.168.51.0/24' },
  { name: 'us-east-1b', id: 'use1-az2', subnet: 'subnet-0c4f7d1a26e8b9350', cidr: '192.168.52.0/24' },
  { name: 'us-east-1c', id: 'use1-az4', subnet: 'subnet-0e93a5b0d7c1428f6', cidr: '192.168.53.0/24' },
];

/** Whose hosted zones the balancers' names are in. */
export const CLASSIC_HOSTED_ZONE = 'Z35SXDOTRQ7X7K';
export const NETWORK_HOSTED_ZONE = 'Z26RNL4JYFTOTI';

/** How many balancers an account may have in a region before it asks for more. */
export const CLASSIC_QUOTA = 20;
export const NETWORK_QUOTA = 50;
