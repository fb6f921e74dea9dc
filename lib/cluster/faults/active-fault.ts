import type { Fault } from '../../api';

/** A fault in force. */
export interface ActiveFault {
  readonly fault: Fault;
  /** Since when, in virtual ms. */
  readonly since: number;
  /** What it took the place of, for putting it back: CoreDNS' replicas. */
  readonly before?: number | undefined;
}

/** The list of faults in force, as whoever asks it sees it. */
export interface FaultBook {
  readonly list: readonly ActiveFault[];
  replace(list: readonly ActiveFault[]): void;
}

/** A book that begins with a list. */
export function faultBook(start: readonly ActiveFault[]): FaultBook {
  let list = start;
  return {
    get list() {
      return list;
    },
    replace(next) {
      list = next;
    },
  };
}
