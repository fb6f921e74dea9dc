import { StatusError, type TokenRequest } from '../../../api';
import { duration, list, text } from '../../flags';
import { createTokenManual } from '../../manual';
import { objectPrinter } from '../../printers';
import type { Command, ParsedArgs } from '../../seams';
import { fail, openSession, type Session, Unreachable } from '../../session';
import { oneName } from './generate';

const ACCOUNTS = { group: '', version: 'v1', resource: 'serviceaccounts' };
const BINDABLE = ['Node', 'Pod', 'Secret'];

/** `kubectl create token`. */
export const createToken: Command<ParsedArgs> = {
  ...createTokenManual,
  options: (args) => args,
  async run(args, env) {
    const name = oneName(args, 'create token');
    const session = openSession(args, env);
    const print =
      text(args, 'output') === '' && text(args, 'template') === '' ? undefined : objectPrinter(session);
    const problem = problemOf(args, name);
    if (problem !== undefined) throw fail(problem);
    const answer = await request(session, name);
    const token = answer.status?.token ?? '';
    if (token === '') throw fail('failed to create token: no token in server response');
    await session.out(print ? print(answer) : `${token}${env.streams.tty ? '\n' : ''}`);
    return 0;
  },
};

/** TokenOptions.Validate. */
function problemOf(args: ParsedArgs, name: string): string | undefined {
  const lifetime = duration(args, 'duration', 0);
  const kind = text(args, 'bound-object-kind');
  if (name === '') return 'service account name is required';
  if (lifetime < 0) return '--duration must be greater than or equal to 0';
  if (lifetime % 1000 !== 0) return '--duration cannot be expressed in units less than seconds';
  if (list(args, 'audience').includes('')) return '--audience must not be an empty string';
  if (kind === '') {
    const alone = ['bound-object-name', 'bound-object-uid'].find((each) => text(args, each) !== '');
    return alone && `--${alone} can only be set if --bound-object-kind is provided`;
  }
  if (!BINDABLE.includes(kind)) return `supported --bound-object-kind values are ${BINDABLE.join(', ')}`;
  if (text(args, 'bound-object-name') !== '') return undefined;
  return '--bound-object-name is required if --bound-object-kind is provided';
}

async function request(session: Session, name: string): Promise<TokenRequest> {
  const { args } = session;
  const lifetime = duration(args, 'duration', 0);
  const audiences = list(args, 'audience');
  const kind = text(args, 'bound-object-kind');
  const uid = text(args, 'bound-object-uid');
  const bound = {
    kind,
    apiVersion: 'v1',
    name: text(args, 'bound-object-name'),
    ...(uid === '' ? {} : { uid }),
  };
  const object = {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {},
    spec: {
      audiences,
      ...(lifetime > 0 ? { expirationSeconds: lifetime / 1000 } : {}),
      ...(kind === '' ? {} : { boundObjectRef: bound }),
    },
  } as TokenRequest;
  const options = { name, subresource: 'token' };
  try {
    return (await session.heed(
      await session.client.create(ACCOUNTS, session.namespace, object, options),
    )) as TokenRequest;
  } catch (error) {
    if (error instanceof StatusError) throw fail(`failed to create token: ${error.message}`);
    if (error instanceof Unreachable) throw fail(`failed to create token: ${error.found}`);
    throw error;
  }
}
