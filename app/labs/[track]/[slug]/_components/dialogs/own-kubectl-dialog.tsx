'use client';

import { Dialog } from 'radix-ui';
import { useEffect } from 'react';
import type { ApiKeyView } from '../../../../../../lib/server';
import { useLab, useLabLink } from '../../../../../_client/lab/use-lab';
import buttons from '../../../../../_ui/button.module.css';
import { CopyButton } from '../../../../../_ui/copy-button';
import { DialogClose, DialogFrame } from '../../../../../_ui/dialog-frame';
import type { Opening } from './header-dialog';
import styles from './own-kubectl-dialog.module.css';

/** How the lab's cluster is reached from the learner's own computer. */
export function OwnKubectlDialog(opening: Opening) {
  const link = useLabLink();
  useEffect(() => {
    if (opening.open) link.key('look');
  }, [opening.open, link]);
  return (
    <Dialog.Root {...opening}>
      <Dialog.Trigger className={buttons.button} aria-label="Own kubectl">
        <span>
          <span className={styles.own}>Own </span>kubectl
        </span>
      </Dialog.Trigger>
      <DialogFrame
        title="Use your own kubectl"
        description={
          <>
            This lab’s cluster speaks the Kubernetes API. With a key, kubectl, helm or a client library on
            your computer works on it. What you do there shows here at once, and <em>Undo</em> takes it back.
          </>
        }
        className={styles.dialog}
        actions={
          <>
            <KeyActions />
            <DialogClose />
          </>
        }
      >
        <KeyState />
      </DialogFrame>
    </Dialog.Root>
  );
}

const useReady = () =>
  useLab((state) => state.connection.phase === 'open' && state.pending.key === undefined);

function KeyState() {
  const apiKey = useLab((state) => state.apiKey);
  const connected = useLab((state) => state.connection.phase === 'open');
  const failure = useLab((state) => state.failure);
  return (
    <div aria-live="polite">
      {connected ? null : <p>There is no connection to the server; keys can be made when it is back.</p>}
      {failure === undefined ? null : <p className={styles.wrong}>{failure}</p>}
      {apiKey === undefined ? (
        connected ? (
          <p>Looking for a key …</p>
        ) : null
      ) : apiKey === null ? (
        <p>There is no key yet.</p>
      ) : apiKey.key === undefined ? (
        <OldKey apiKey={apiKey} />
      ) : (
        <NewKey secret={apiKey.key} />
      )}
    </div>
  );
}

function NewKey({ secret }: { readonly secret: string }) {
  const url = `${window.location.origin}/k8s/${secret}/kubeconfig`;
  const command = `curl -fsSo portside.kubeconfig ${url} && export KUBECONFIG="$PWD/portside.kubeconfig"`;
  return (
    <>
      <p>In a shell on your computer, then kubectl as ever:</p>
      <figure className={styles.command}>
        <pre>
          <code>{command}</code>
        </pre>
        <CopyButton text={command} />
      </figure>
      <p>
        Or{' '}
        <a href={url} download="portside.kubeconfig">
          download the kubeconfig
        </a>{' '}
        and pass it with <code>--kubeconfig</code>. Whoever has it is this cluster’s admin. The key is shown
        only now; a new one can be made at any time and ends this one.
      </p>
    </>
  );
}

function OldKey({ apiKey: { createdAt, lastUsedAt } }: { readonly apiKey: ApiKeyView }) {
  return (
    <p>
      A key was made on <Moment at={createdAt} /> and{' '}
      {lastUsedAt === null ? (
        'not used yet'
      ) : (
        <>
          last used on <Moment at={lastUsedAt} />
        </>
      )}
      . It works on, but it is not shown again. A new key ends it.
    </p>
  );
}

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function Moment({ at }: { readonly at: string }) {
  return <time dateTime={at}>{MOMENT.format(new Date(at))}</time>;
}

function KeyActions() {
  const link = useLabLink();
  const ready = useReady();
  const apiKey = useLab((state) => state.apiKey);
  if (apiKey === undefined) return null;
  return (
    <>
      {apiKey === null ? null : (
        <button type="button" className={buttons.button} disabled={!ready} onClick={() => link.key('revoke')}>
          Revoke the key
        </button>
      )}
      <button
        type="button"
        className={`${buttons.button} ${apiKey?.key === undefined ? buttons.primary : ''}`}
        disabled={!ready}
        onClick={() => link.key('make')}
      >
        {apiKey === null ? 'Make a key' : 'Make a new key'}
      </button>
    </>
  );
}
