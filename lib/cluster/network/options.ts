import type { Json, Pod, Reply, Request, Stored, View } from '../../api';
import type { Clock, Random } from '../../base';
import type { ActiveFault } from '../faults';
import type { FoundImage, PullFailure } from '../images';
import type { ContainerRecord, Containers, ProcessEnv, Serving } from '../seams';
import type { CloudEdge } from './wire/cloud-edge';

/** What the network needs of the cluster that it is part of. */
export interface NetworkOptions {
  view(): View;
  readonly containers: Containers;
  findImage(reference: string): FoundImage | PullFailure;
  /** What the program of a Pod's container sees; undefined when it cannot be told. */
  processEnv(pod: Stored<Pod>, container: string): ProcessEnv | undefined;
  /** Keeps what serving a request made of a container whose state was `before`. */
  served(record: ContainerRecord, before: Json, serving: Serving): void;
  /** Damage in force. */
  faults(): readonly ActiveFault[];
  readonly clock: Clock;
  readonly random: Random;
  /** "10.244.0.0/16". */
  readonly podCIDR: string;
  /** "10.96.0.0/12"; its tenth address is the cluster's DNS. */
  readonly serviceCIDR: string;
  /** The cloud that the nodes run in; undefined on premises. */
  readonly cloud?: CloudEdge | undefined;
  /** What somebody hears who connects to the API server's port on a node. */
  apiServer(request: Request, node: { readonly name: string; readonly ip: string }): Reply;
}

/** The network that the nodes, the admin machine and the router are on. */
export const OFFICE_RANGE = '192.168.50.0/24';
/** The admin machine, from which the office is seen. */
export const ADMIN_IP = '192.168.50.100';
/** The office's router and resolver. */
export const ROUTER_IP = '192.168.50.1';
/** The office's address on the internet, which its router puts on what leaves it. */
export const OFFICE_PUBLIC_IP = '198.51.100.1';
/** Somebody on the internet. */
export const INTERNET_IP = '203.0.113.10';
