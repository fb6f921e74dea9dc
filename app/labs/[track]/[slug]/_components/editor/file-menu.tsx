'use client';

import { Dialog, DropdownMenu } from 'radix-ui';
import { type CSSProperties, type FormEvent, useEffect, useState } from 'react';
import { fileTree, nameProblem } from '../../../../../_client/lab/file-tree';
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
  /** For a new file "", for another name of a file that one. */
  const [naming, setNaming] = useState<string>();
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
            <DropdownMenu.Item className={styles.item} onSelect={() => setNaming('')}>
              New file …
            </DropdownMenu.Item>
            {active === undefined ? null : (
              <>
                <DropdownMenu.Item className={styles.item} onSelect={() => link.closeFile(active)}>
                  Close {active}
                </DropdownMenu.Item>
                <DropdownMenu.Item className={styles.item} onSelect={() => setNaming(active)}>
                  Rename {active} …
                </DropdownMenu.Item>
                <DropdownMenu.Item className={styles.item} onSelect={() => link.remove(active)}>
                  Delete {active}
                </DropdownMenu.Item>
              </>
            )}
            {paths.length > 0 ? <DropdownMenu.Separator className={styles.line} /> : null}
            {fileTree(paths).map(({ kind, path, name, depth }) => {
              const style = { '--depth': depth } as CSSProperties;
              return kind === 'folder' ? (
                <DropdownMenu.Label key={path} className={styles.folder} style={style}>
                  {name}/
                </DropdownMenu.Label>
              ) : (
                <DropdownMenu.Item
                  key={path}
                  className={`${styles.item} ${styles.file}`}
                  style={style}
                  aria-label={path}
                  onSelect={() => link.open(path)}
                >
                  {name}
                </DropdownMenu.Item>
              );
            })}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog.Root
        open={naming !== undefined}
        onOpenChange={(open) => setNaming((before) => (open ? before : undefined))}
      >
        <DialogFrame title={naming ? `Rename ${naming}` : 'New file'} actions={null}>
          <NameForm
            old={naming ?? ''}
            problem={(name) => nameProblem(name, paths)}
            give={(name) => {
              if (naming) link.rename(naming, name);
              else link.put(name, '');
              setNaming(undefined);
            }}
          />
        </DialogFrame>
      </Dialog.Root>
    </>
  );
}

function NameForm({
  old,
  problem,
  give,
}: {
  readonly old: string;
  readonly problem: (name: string) => string | undefined;
  readonly give: (name: string) => void;
}) {
  const [name, setName] = useState(old);
  const [wrong, setWrong] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    const found = problem(wanted);
    if (found === undefined) give(wanted);
    else setWrong(found);
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
          {old === '' ? 'Make it' : 'Rename it'}
        </button>
      </div>
    </form>
  );
}
