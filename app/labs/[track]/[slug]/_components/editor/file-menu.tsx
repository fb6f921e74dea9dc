'use client';

import { Dialog, DropdownMenu } from 'radix-ui';
import { type FormEvent, useEffect, useState } from 'react';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import dialog from '../../../../../_ui/dialog.module.css';
import { DialogClose, DialogFrame } from '../../../../../_ui/dialog-frame';
import head from '../panel-head.module.css';
import styles from './file-menu.module.css';

/** All files of the home folder, and what can be done with them. */
export function FileMenu({ active }: { readonly active: string | undefined }) {
  const link = useLabLink();
  const files = useLab((state) => state.files);
  const welcomed = useLab((state) => state.welcomed);
  const [naming, setNaming] = useState(false);
  // Inside the page's main landmark, where a screen reader expects it.
  const [main, setMain] = useState<HTMLElement | null>(null);
  useEffect(() => setMain(document.getElementById('main')), []);
  const paths = Object.keys(files).sort();
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          className={`${buttons.button} ${buttons.quiet} ${head.small}`}
          disabled={!welcomed}
        >
          Files
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal container={main}>
          <DropdownMenu.Content className={styles.menu} align="start" sideOffset={2}>
            <DropdownMenu.Item className={styles.item} onSelect={() => setNaming(true)}>
              New file …
            </DropdownMenu.Item>
            {active === undefined ? null : (
              <>
                <DropdownMenu.Item className={styles.item} onSelect={() => link.closeFile(active)}>
                  Close {active}
                </DropdownMenu.Item>
                <DropdownMenu.Item className={styles.item} onSelect={() => link.remove(active)}>
                  Delete {active}
                </DropdownMenu.Item>
              </>
            )}
            {paths.length > 0 ? <DropdownMenu.Separator className={styles.line} /> : null}
            {paths.map((path) => (
              <DropdownMenu.Item
                key={path}
                className={`${styles.item} ${styles.file}`}
                onSelect={() => link.open(path)}
              >
                {path}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog.Root open={naming} onOpenChange={setNaming}>
        <DialogFrame title="New file" actions={null}>
          <NameForm
            taken={(name) => files[name] !== undefined}
            make={(name) => {
              link.put(name, '');
              setNaming(false);
            }}
          />
        </DialogFrame>
      </Dialog.Root>
    </>
  );
}

const NAME = /^[\w.-]+$/;

function NameForm({
  taken,
  make,
}: {
  readonly taken: (name: string) => boolean;
  readonly make: (name: string) => void;
}) {
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (!NAME.test(wanted)) setWrong('Letters, digits, dots, dashes and underscores, and no spaces.');
    else if (taken(wanted)) setWrong(`There is a ${wanted} already.`);
    else make(wanted);
  };
  return (
    <form onSubmit={submit}>
      <label className={dialog.field}>
        Name
        <input
          value={name}
          placeholder="web-app.yaml"
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={wrong !== ''}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p className={dialog.wrong} role="alert">
        {wrong}
      </p>
      <div className={dialog.actions}>
        <DialogClose label="Cancel" />
        <button type="submit" className={`${buttons.button} ${buttons.primary}`}>
          Make it
        </button>
      </div>
    </form>
  );
}
