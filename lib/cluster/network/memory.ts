import type { Kernel } from './kernel/kernel';
import type { NetworkState } from './state';

/** Where the network keeps what it remembers: a value that is replaced, and never changed once others have seen it. */
export interface Memory {
  readonly state: NetworkState;
  /** Counts the writes to kernels, so that what was read of them can be told to be old. */
  readonly writes: number;
  change(next: NetworkState): void;
  /** Puts a node's kernel in place; undefined takes it away. */
  setKernel(node: string, kernel: Kernel | undefined): void;
}

/** A memory that begins with a state; `release` is called before somebody else gets to see its state. */
export function createMemory(start: NetworkState): Memory & { release(): NetworkState } {
  let state = start;
  // Hundreds of kernels are written in a row: they are copied once, and then changed where nobody else looks.
  let own: Record<string, Kernel> | undefined;
  let writes = 0;
  return {
    get state() {
      return state;
    },
    get writes() {
      return writes;
    },
    change(next) {
      if (next.kernels !== state.kernels) writes += 1;
      state = next;
    },
    setKernel(node, kernel) {
      writes += 1;
      if (own === undefined || state.kernels !== own) {
        own = { ...state.kernels };
        state = { ...state, kernels: own };
      }
      if (kernel === undefined) delete own[node];
      else own[node] = kernel;
    },
    release() {
      own = undefined;
      return state;
    },
  };
}
