'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LabLink } from './lab-link';
import { INITIAL_STATE, type LabState } from './lab-state';

/** The link of the lab page around. */
export const LabLinkContext = createContext<LabLink | undefined>(undefined);

/** The lab page's link. */
export function useLabLink(): LabLink {
  const link = useContext(LabLinkContext);
  if (link === undefined) throw new Error('useLabLink needs a lab page around it');
  return link;
}

/** One part of the lab's state. `select` must return the same thing for the same state. */
export function useLab<T>(select: (state: LabState) => T): T {
  const link = useLabLink();
  return useSyncExternalStore(
    link.subscribe,
    () => select(link.getState()),
    () => select(INITIAL_STATE),
  );
}
