'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useLab, useLabLink } from '../../../../_client/lab/use-lab';
import buttons from '../../../../_ui/button.module.css';
import { Mark } from '../../../../_ui/mark';
import type { Theme } from '../../../../_ui/theme';
import { ThemeToggle } from '../../../../_ui/theme-toggle';
import { AssignedNote } from './class/assigned-note';
import { ForkedNote } from './class/forked-note';
import { CommandPalette } from './dialogs/command-palette';
import type { HeaderDialog } from './dialogs/header-dialog';
import { KeysDialog } from './dialogs/keys-dialog';
import { OwnKubectlDialog } from './dialogs/own-kubectl-dialog';
import { ResetDialog } from './dialogs/reset-dialog';
import styles from './lab-header.module.css';
import type { LabPage } from './lab-page';

const PHASES = { connecting: 'Connecting', open: 'Connected', lost: 'No connection' } as const;

function ConnectionState() {
  const phase = useLab((state) => state.connection.phase);
  return (
    <span className={styles.connection} data-phase={phase}>
      {PHASES[phase]}
    </span>
  );
}

function UndoButton() {
  const link = useLabLink();
  const command = useLab((state) => state.undoable);
  const busy = useLab((state) => state.pending.undo !== undefined || state.connection.phase !== 'open');
  return (
    <button
      type="button"
      className={`${buttons.button} ${styles.undo}`}
      disabled={command === null || busy}
      title={command === null ? 'Nothing to undo' : `Undo: ${command}`}
      onClick={link.undo}
    >
      Undo{command === null ? null : <code>{command}</code>}
    </button>
  );
}

/** The lab's head: where one is, how the line stands, and the ways back. */
export function LabHeader({ page, theme }: { readonly page: LabPage; readonly theme: Theme }) {
  const failure = useLab((state) => state.failure);
  const passed = useLab((state) => state.attempts.some((attempt) => attempt.passed));
  const link = useLabLink();
  const [asked, setAsked] = useState<HeaderDialog>();
  const opening = (dialog: HeaderDialog) => ({
    open: asked === dialog,
    onOpenChange: (open: boolean) => setAsked(open ? dialog : undefined),
  });
  return (
    <header>
      <div className={styles.header}>
        <Link className={styles.home} href="/" aria-label="Portside, front page">
          <Mark />
        </Link>
        <h1>{page.title}</h1>
        {passed ? <span className={styles.passed}>Passed</span> : null}
        {page.chapterHref === undefined ? null : (
          <Link className={styles.chapter} href={page.chapterHref}>
            Read the chapter
          </Link>
        )}
        {page.assigned === undefined ? null : <AssignedNote assigned={page.assigned} />}
        <span className={styles.spring} />
        <ConnectionState />
        <UndoButton />
        <ResetDialog {...opening('reset')} />
        <OwnKubectlDialog {...opening('kubectl')} />
        <CommandPalette page={page} ask={setAsked} />
        <div className={styles.keys}>
          <KeysDialog {...opening('keys')} />
        </div>
        <div className={styles.theme}>
          <ThemeToggle initial={theme} />
        </div>
      </div>
      {page.forked === undefined ? null : <ForkedNote forked={page.forked} />}
      {failure === undefined ? null : (
        <div className={styles.failure}>
          <p>{failure}</p>
          <button type="button" className={buttons.button} onClick={link.dismissFailure}>
            Dismiss
          </button>
        </div>
      )}
    </header>
  );
}
