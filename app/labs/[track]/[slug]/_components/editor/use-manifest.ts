'use client';

import { useMemo } from 'react';
import type { LabLink } from '../../../../../_client/lab/lab-link';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import { type Panels, usePanels } from '../panels';

/** What can be done with a file beside typing in it. */
export interface ManifestActions {
  /** Gives it to the API; a file that a command in the terminal waits for is given back to it. */
  apply(path: string): void;
  /** Shows it beside what is live, or no longer. */
  compare(path: string): void;
}

/** The same for whoever has the link at hand. */
export function manifestActions(link: LabLink, panels: Pick<Panels, 'focus' | 'show'>): ManifestActions {
  return {
    apply(path) {
      if (path === link.getState().editing) {
        link.finishEditing();
        panels.focus('terminal');
        return;
      }
      link.apply(path);
    },
    compare(path) {
      panels.show('editor');
      link.compareLive(link.getState().liveDiff === undefined ? path : undefined);
    },
  };
}

/** What can be done with files on this page. */
export function useManifest(): ManifestActions {
  const link = useLabLink();
  const { focus, show } = usePanels();
  return useMemo(() => manifestActions(link, { focus, show }), [link, focus, show]);
}

const READ = /^ {2}resourceVersion: /m;

/** What applying the file is called: one that says which version of its object was read is replaced. */
export function useVerb(path: string | undefined): 'Apply' | 'Replace' {
  return useLab((state) =>
    path !== undefined && READ.test(state.files[path]?.text ?? '') ? 'Replace' : 'Apply',
  );
}

/** Whether a file can be a manifest. */
export const isManifest = (path: string): boolean => /\.(?:ya?ml|json)$/.test(path);
