'use client';

import { Dialog } from 'radix-ui';
import buttons from '../../../../../_ui/button.module.css';
import dialog from '../../../../../_ui/dialog.module.css';
import { DialogFrame } from '../../../../../_ui/dialog-frame';
import type { Opening } from './header-dialog';

const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Ctrl', 'Shift', '.'], does: 'Leave the terminal or the editor: on to the next panel' },
  { keys: ['Ctrl', 'Shift', ','], does: 'Previous panel' },
  {
    keys: ['Ctrl', 'K'],
    does: 'Go to a panel, a step, a file or an object, or do something (Cmd-K in the terminal)',
  },
  { keys: ['Ctrl', 'Shift', 'Enter'], does: 'Full view of the panel one is in, and back' },
  { keys: ['Ctrl', 'S'], does: 'Save the file (it saves itself a moment after you stop typing, too)' },
  { keys: ['Ctrl', 'Enter'], does: 'In the editor: save, and kubectl apply the file' },
  { keys: ['Alt', 'Enter'], does: 'In the editor: the file beside what is live, as kubectl diff' },
  { keys: ['F8'], does: 'In the editor: on to the next problem' },
  { keys: ['Ctrl', 'C'], does: 'In the terminal: interrupt; copy, when text is selected' },
  { keys: ['Ctrl', 'V'], does: 'In the terminal: paste' },
  { keys: ['Ctrl', 'Shift', 'F'], does: 'In the terminal: find' },
  { keys: ['Tab'], does: 'In the terminal: complete a command, a resource, a name' },
  { keys: ['Ctrl', 'M'], does: 'In the editor: let Tab move on instead of indenting' },
];

/** The keyboard, on one sheet. */
export function KeysDialog(opening: Opening) {
  return (
    <Dialog.Root {...opening}>
      <Dialog.Trigger className={buttons.button}>Keys</Dialog.Trigger>
      <DialogFrame title="Keys">
        <dl className={dialog.keys}>
          {KEYS.map(({ keys, does }) => (
            <div key={does} style={{ display: 'contents' }}>
              <dt>
                {keys.map((key) => (
                  <span key={key}>
                    <kbd>{key}</kbd>{' '}
                  </span>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <p>On a Mac, Cmd works in place of Ctrl, except for interrupting.</p>
      </DialogFrame>
    </Dialog.Root>
  );
}
