import { type Cancel, FileError, quoteWord } from '../../base';
import { Interrupted, interruptible, type Tool, ToolError } from '../process';
import type { World } from '../seams';

/** Editors that are the page's own. */
const PAGE_EDITORS = ['vi', 'vim', 'nano', 'editor'];
const NO_EDITOR =
  'there is no editor here: set EDITOR to a command that changes the file it is given, or write the file with cat > FILE <<EOF';

/** What `names` of the environment say to edit with; undefined when that is the page's own editor. */
function editorCommand(
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
): string | undefined {
  const command = names.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
  const [program = ''] = command?.trim().split(/\s+/) ?? [];
  return PAGE_EDITORS.includes(program.slice(program.lastIndexOf('/') + 1)) ? undefined : command;
}

/** Where a file is edited from. */
interface Desk {
  readonly world: World;
  readonly cancel: Cancel;
  tell(text: string): Promise<void>;
}

/** Has the page's editor open a file; resolves once that is done. */
export async function editInPage({ world, cancel, tell }: Desk, path: string): Promise<void> {
  if (world.openEditor === undefined) throw new ToolError(NO_EDITOR);
  await tell(`editing ${path} in the editor: save and close, or Ctrl-C\n`);
  const edited = await interruptible(world.openEditor(path, cancel), cancel);
  if (cancel.cancelled) throw new Interrupted();
  if (!edited) throw new ToolError(NO_EDITOR);
}

/** vi, vim, nano: the page's editor; where there is no page, what EDITOR says. */
export const editor: Tool = async (context) => {
  const [typed] = context.args.filter((word) => !/^[-+]/.test(word));
  if (typed === undefined) throw new ToolError('name the file to edit');
  const path = context.path(typed);
  const { machine, world, cancel } = context;
  const { files } = machine;
  if (files.stat(path)?.kind === 'directory') throw new FileError('EISDIR', typed);
  const isNew = files.stat(path) === undefined;
  const page = world.openEditor !== undefined && machine.kind === 'admin';
  const own = page ? undefined : editorCommand(context.environment, ['VISUAL', 'EDITOR']);
  if (!page && own === undefined) throw new ToolError(NO_EDITOR);
  if (isNew) files.write(path, '');
  if (own === undefined) {
    await editInPage({ world, cancel, tell: (text) => context.out(text) }, path);
    return 0;
  }
  const status = await context.run(['sh', '-c', `${own} ${quoteWord(path)}`]);
  if (status !== 0) throw new ToolError(`there was a problem with the editor ${JSON.stringify(own)}`, status);
  return 0;
};
