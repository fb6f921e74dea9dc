'use client';

import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import buttons from './button.module.css';
import dialog from './dialog.module.css';

/** What every dialog is made of: the veil, the frame, its name, what it is for, and its buttons; *Close* is the last of them. */
export function DialogFrame({
  title,
  description,
  className = '',
  actions = <DialogClose />,
  onCloseAutoFocus,
  children,
}: {
  readonly title: ReactNode;
  /** Read out with the name. */
  readonly description?: ReactNode;
  readonly className?: string | undefined;
  /** `null` for a dialog whose content has buttons of its own. */
  readonly actions?: ReactNode;
  readonly onCloseAutoFocus?: (event: Event) => void;
  readonly children: ReactNode;
}) {
  return (
    <Dialog.Portal>
      <Dialog.Overlay className={dialog.veil} />
      <Dialog.Content
        className={`${dialog.dialog} ${className}`}
        {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        {...(onCloseAutoFocus === undefined ? {} : { onCloseAutoFocus })}
      >
        <Dialog.Title>{title}</Dialog.Title>
        {description === undefined ? null : <Dialog.Description>{description}</Dialog.Description>}
        {children}
        {actions === null ? null : <div className={dialog.actions}>{actions}</div>}
      </Dialog.Content>
    </Dialog.Portal>
  );
}

/** The button that ends a dialog and does nothing else. */
export function DialogClose({ label = 'Close' }: { readonly label?: string }) {
  return <Dialog.Close className={buttons.button}>{label}</Dialog.Close>;
}
