/** A dialog of the lab's head, which the palette opens too. */
export type HeaderDialog = 'reset' | 'kubectl' | 'keys';

/** Whether a dialog is open, and whom it asks to be opened or closed. */
export interface Opening {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}
