import { fail, type Session } from '../../session';

const NAMED_BY = ['KUBE_EDITOR', 'EDITOR'];
const DEFAULT = 'vi';

/** Opens a file in the editor that the environment names, else in the page's, else in vi (editor.NewDefaultEditor). */
export async function launchEditor({ env }: Session, path: string): Promise<void> {
  const named = NAMED_BY.map((name) => env.environment[name] ?? '').find((value) => value !== '');
  if (named === undefined && env.openEditor) {
    await env.openEditor(path);
    return;
  }
  const words = wordsOf(named ?? DEFAULT, env.environment.SHELL ?? '/bin/bash');
  const argv =
    words.length === 3 && words[1] === '-c'
      ? [words[0] ?? '', '-c', `${words[2]} "${path}"`]
      : [...words, path];
  const status = await env.launch?.(argv);
  if (status === undefined) throw fail(`unable to launch the editor "${words.join(' ')}"`);
  if (status !== 0) throw fail(`there was a problem with the editor "${words.join(' ')}"`);
}

/** What needs more than splitting at blanks is left to the shell. */
function wordsOf(editor: string, shell: string): readonly string[] {
  if (!editor.includes(' ')) return [editor];
  return /["'\\]/.test(editor) ? [shell, '-c', editor] : editor.split(' ');
}
