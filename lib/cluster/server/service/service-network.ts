import { assert } from '../../../base';
import { type IPFamily, type IPRange, parseRange } from './ip-address';

/** What the API server is told of the network by its flags. */
export interface NetworkOptions {
  /** `--service-cluster-ip-range`: one range, or two of different families joined by a comma. */
  readonly serviceCIDR: string;
  readonly nodePortRange: readonly [first: number, last: number];
}

/** The same, read. */
export interface ServiceNetwork {
  /** The first family is the cluster's default. */
  readonly ranges: readonly IPRange[];
  readonly nodePorts: readonly [first: number, last: number];
}

/** Reads the options once, at start. */
export function createServiceNetwork({ serviceCIDR, nodePortRange }: NetworkOptions): ServiceNetwork {
  const ranges = serviceCIDR.split(',').map((text) => {
    const range = parseRange(text);
    assert(range, `not a range of addresses: ${text}`);
    return range;
  });
  return { ranges, nodePorts: nodePortRange };
}

/** The range of a family, or undefined where the cluster does not speak it. */
export function rangeOf(network: ServiceNetwork, family: IPFamily): IPRange | undefined {
  return network.ranges.find((range) => range.family === family);
}
