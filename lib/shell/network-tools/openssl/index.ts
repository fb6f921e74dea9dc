import type { Tool } from '../../process';
import { genrsa, req } from './req';
import { sClient } from './s-client';
import { x509 } from './x509';

const VERSION = 'OpenSSL 3.5.1 1 Jul 2025 (Library: OpenSSL 3.5.1 1 Jul 2025)\n';
const VERBS: Readonly<Record<string, Tool>> = {
  s_client: sClient,
  req,
  genrsa,
  x509,
  version: async (context) => {
    await context.out(VERSION);
    return 0;
  },
};

/** openssl, as far as certificates of web servers need it: s_client, x509, req, genrsa. */
export const openssl: Tool = async (context) => {
  const [verb = '', ...args] = context.args;
  const tool = VERBS[verb];
  if (tool !== undefined) return tool({ ...context, args, argv: context.argv.slice(1), name: verb });
  await context.err(
    verb === ''
      ? 'help:\n\nStandard commands\ngenrsa            req               s_client          version           x509\n\n'
      : `Invalid command '${verb}'; type "help" for a list.\n`,
  );
  return verb === '' ? 0 : 1;
};
