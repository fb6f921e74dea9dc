'use client';

import { AlertDialog } from 'radix-ui';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import dialog from '../../../../../_ui/dialog.module.css';
import type { Opening } from './header-dialog';

/** Takes the lab back to its start, after saying what that means. */
export function ResetDialog(opening: Opening) {
  const link = useLabLink();
  const disabled = useLab((state) => state.connection.phase !== 'open' || state.pending.reset !== undefined);
  return (
    <AlertDialog.Root {...opening}>
      <AlertDialog.Trigger className={buttons.button} disabled={disabled}>
        Reset
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={dialog.veil} />
        <AlertDialog.Content className={dialog.dialog}>
          <AlertDialog.Title>Back to the start of the lab?</AlertDialog.Title>
          <AlertDialog.Description>
            Cluster and files return to how you found them, and whatever is running in the terminal stops.
            Your attempts and what you passed are kept. <em>Undo</em> brings everything back.
          </AlertDialog.Description>
          <div className={dialog.actions}>
            <AlertDialog.Cancel className={buttons.button}>Stay here</AlertDialog.Cancel>
            <AlertDialog.Action className={`${buttons.button} ${buttons.primary}`} onClick={link.reset}>
              Reset the lab
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
