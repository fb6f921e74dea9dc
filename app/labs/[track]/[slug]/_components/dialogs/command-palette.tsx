'use client';

import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import buttons from '../../../../../_ui/button.module.css';
import { DialogFrame } from '../../../../../_ui/dialog-frame';
import type { LabPage } from '../lab-page';
import styles from './command-palette.module.css';
import type { HeaderDialog } from './header-dialog';
import { PaletteEntries } from './palette-entries';
import { PaletteWays } from './palette-ways';

/** Everything that can be done or gone to on a lab page, found by typing a few of its letters. */
export function CommandPalette({
  page,
  ask,
}: {
  readonly page: LabPage;
  readonly ask: (dialog: HeaderDialog) => void;
}) {
  const [open, setOpen] = useState(false);
  const place = useRef<Element>(null);
  // Before the dialog takes the keyboard.
  useLayoutEffect(() => {
    if (open) place.current = document.activeElement;
  }, [open]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.code !== 'KeyK')
        return;
      // In the terminal Ctrl-K cuts the rest of the line, as in every shell.
      if (event.ctrlKey && event.target instanceof Element && event.target.closest('.xterm')) return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        className={`${buttons.button} ${styles.trigger}`}
        title="Everything one can do here (Ctrl-K)"
      >
        Go to
      </Dialog.Trigger>
      <DialogFrame
        title={<span className="visually-hidden">Go to, or do</span>}
        className={styles.palette}
        actions={null}
        // What was chosen may have put the keyboard where it belongs; else it goes back to where it was.
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (document.activeElement === document.body && place.current instanceof HTMLElement)
            place.current.focus();
        }}
      >
        <Command label="Go to, or do" loop>
          <Command.Input className={styles.field} placeholder="A panel, a step, a file, a Pod …" />
          <Command.List className={styles.list}>
            <Command.Empty className={styles.empty}>Nothing here is called that.</Command.Empty>
            <PaletteEntries page={page} close={() => setOpen(false)} ask={ask} />
            <PaletteWays page={page} close={() => setOpen(false)} />
          </Command.List>
        </Command>
      </DialogFrame>
    </Dialog.Root>
  );
}
