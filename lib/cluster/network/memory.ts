import type { NetworkState } from './state';

/** Where the network keeps what it remembers: a value that is replaced, never changed. */
export interface Memory {
  readonly state: NetworkState;
  change(next: NetworkState): void;
}
