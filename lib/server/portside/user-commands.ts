import { Argument, Command, InvalidArgumentError } from 'commander';
import { ROLES, type Role } from '../accounts/person';
import type { UserRequest } from './run-user';

/** `portside user …`: people and their roles, without a browser. */
export function userCommand(end: (status: number) => void): Command {
  const run = async (request: UserRequest) => {
    // Only this command needs a database and its libraries.
    const { runUser } = await import('./run-user');
    end(await runUser(request));
  };
  const user = new Command('user')
    .description('Add, list and remove people and say what they may do, on the database that npm start uses.')
    .exitOverride();
  user
    .command('add <email>')
    .description('make an account; its password is read from standard input, or made and printed')
    .option('--name <name>', 'as the class sees it; the part before the @ otherwise')
    .option('--role <role>', `may be given several times: ${ROLES.join(', ')}`, addRole, [])
    .option('--password-stdin', 'read the password from standard input')
    .exitOverride()
    .action((email: string, { name, role, passwordStdin }) =>
      run({ kind: 'add', email, name, roles: role, passwordStdin: passwordStdin === true }),
    );
  user
    .command('list')
    .description('everybody who has an account')
    .exitOverride()
    .action(() => run({ kind: 'list' }));
  user
    .command('role')
    .argument('<email>')
    .addArgument(new Argument('[roles...]', ROLES.join(', ')).argParser(addRole))
    .description(`say what somebody may do beside learning (${ROLES.join(', ')}); none named takes all away`)
    .exitOverride()
    .action((email: string, roles: readonly string[]) =>
      run({
        kind: 'role',
        email,
        roles: roles.reduce<readonly Role[]>((all, role) => addRole(role, all), []),
      }),
    );
  user
    .command('password <email>')
    .description('set a password, read from standard input or made and printed; every browser is signed out')
    .option('--password-stdin', 'read the password from standard input')
    .exitOverride()
    .action((email: string, { passwordStdin }) =>
      run({ kind: 'password', email, passwordStdin: passwordStdin === true }),
    );
  user
    .command('remove <email>')
    .description('remove an account and everything kept for it; says what, and does it only with --yes')
    .option('--yes', 'do it')
    .exitOverride()
    .action((email: string, { yes }) => run({ kind: 'remove', email, yes: yes === true }));
  return user;
}

function addRole(text: string, before: readonly Role[] | undefined): readonly Role[] {
  const role = ROLES.find((each) => each === text);
  if (role === undefined) throw new InvalidArgumentError(`It must be one of ${ROLES.join(', ')}.`);
  return [...new Set([...(before ?? []), role])];
}
