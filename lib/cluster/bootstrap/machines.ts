import { type Instance, instanceOf } from '../cloud';
import { nodeAddressOf, nodeNameOf } from './versions';

/** The instance that a node runs on, where the machines are a cloud's. */
export function machineOf(index: number): Instance {
  return instanceOf(index, nodeNameOf(index), nodeAddressOf(index));
}
