/** What a key pressed in the terminal is for: the shell, the browser, or the page. */
export type KeyUse = 'shell' | 'browser' | 'copy' | 'find';

type Pressed = Pick<KeyboardEvent, 'type' | 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey'>;

/** Sorts a key press. Ctrl-C is the shell's unless text is selected; then it copies, as elsewhere. */
export function keyUse(event: Pressed, hasSelection: boolean): KeyUse {
  if (event.altKey) return 'shell';
  const command = event.ctrlKey || event.metaKey;
  if (command && event.shiftKey && event.code === 'KeyF') return 'find';
  if (command && event.code === 'KeyV') return 'browser';
  if (command && event.code === 'KeyC' && hasSelection) return 'copy';
  if (command && event.code === 'KeyC' && event.shiftKey) return 'browser';
  if (event.metaKey) return 'browser';
  return 'shell';
}
