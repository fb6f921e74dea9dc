import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartError } from '../app-error';

/** How to run a program as somebody else than root, which PostgreSQL refuses to run as. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Whom PostgreSQL is run as: undefined when this process is not root's; otherwise "postgres", or else "nobody". */
export function postgresAccount(dataFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(dataFolder)) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody']
    .map((name) => accounts.find((fields) => fields[0] === name))
    .find((fields) => fields !== undefined);
  if (found !== undefined) return { uid: Number(found[2]), gid: Number(found[3]) };
  throw new StartError(
    'PostgreSQL does not run as root, and there is neither a "postgres" nor a "nobody" account here: start Portside as an ordinary user, or set DATABASE_URL.',
  );
}

/** A program and its arguments, so that it runs as `account`. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: { readonly uid?: number; readonly gid?: number };
}

/** The setpriv that Debian and its kin always have. */
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];

/**
 * Plans how to launch `file` as `account`. A clone in root's own home cannot be entered by another account; there the
 * program keeps the one capability that lets it pass.
 */
export function planLaunch(
  file: string,
  args: readonly string[],
  account: Account | undefined,
  mustReach: readonly string[],
): Launch {
  if (account === undefined) return { file, args, options: {} };
  if ([file, ...mustReach].every((path) => canReach(path, account))) return { file, args, options: account };
  const setpriv = SETPRIV.find((path) => existsSync(path));
  if (setpriv === undefined) {
    throw new StartError(
      `The account that runs PostgreSQL cannot enter ${dirname(file)}: move the clone out of root's home, start it as an ordinary user, or set DATABASE_URL.`,
    );
  }
  // access(2) heeds a kept capability only without the kernel's usual fix-up.
  const drop = [
    '--securebits=+no_setuid_fixup',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
  ];
  const keep = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { file: setpriv, args: [...drop, ...keep, file, ...args], options: {} };
}

/** Whether `account` may enter every folder above `path`. */
function canReach(path: string, account: Account): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found !== undefined) {
      const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}
