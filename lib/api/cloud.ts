import type { Json, JsonObject } from './objects';

/** Where a cluster's machines stand: on premises, or in a cloud that gives Services of type LoadBalancer their balancer. */
export type CloudProvider = 'none' | 'aws';

/** A question to one of the cloud's own services, as its API has it. */
export interface CloudCall {
  /** "elb", "elbv2", "ec2", "sts". */
  readonly service: string;
  /** "DescribeLoadBalancers". */
  readonly operation: string;
  readonly parameters: JsonObject;
  readonly region: string;
}

/** The answer: what was asked for, or a refusal with the service's own code and message. */
export type CloudAnswer =
  | { readonly result: Json }
  | { readonly error: { readonly code: string; readonly message: string } };

/** The cloud's own API, as somebody who may look but not change meets it. */
export interface CloudApi {
  /** The region that the cluster is in. */
  readonly region: string;
  call(call: CloudCall): CloudAnswer;
}
