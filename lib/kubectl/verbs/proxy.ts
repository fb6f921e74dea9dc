import { bool, int, text } from '../flags';
import { proxyManual } from '../manual';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession } from '../session';

const DEFAULT_PORT = 8001;
const HOSTS = '^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$';
const REJECTED_PATHS = '^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach';

/** `kubectl proxy`: a port of this machine at which the API answers, in the name of the kubeconfig's user. */
export const proxy: Command<ParsedArgs> = {
  ...proxyManual,
  options(args) {
    if (text(args, 'unix-socket') !== '' && args.given.has('port'))
      return fail('cannot set --unix-socket and --port at the same time');
    return text(args, 'www') !== '' || text(args, 'unix-socket') !== ''
      ? fail('proxy --www and --unix-socket are not available in this simulated cluster')
      : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const address = text(args, 'address', '127.0.0.1');
    const port = int(args, 'port', DEFAULT_PORT);
    if (port < 0 || port > 65_535) throw fail(`listen tcp: address ${port}: invalid port`);
    const unfiltered = bool(args, 'disable-filter');
    if (unfiltered)
      await session.err(
        'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious\n',
      );
    const patterns = (flag: string, fallback: string) => readPatterns(text(args, flag, fallback));
    const hosts = patterns('accept-hosts', HOSTS);
    const accepted = patterns('accept-paths', '^.*');
    const rejected = patterns('reject-paths', REJECTED_PATHS);
    const methods = patterns('reject-methods', '^$');
    const matches = (all: readonly RegExp[], word: string) => all.some((each) => each.test(word));
    const listening = env.ports?.listen({
      addresses: [address],
      port,
      credentials: session.credentials,
      prefix: prefixOf(text(args, 'api-prefix', '/')),
      accepts: (method, path, host) =>
        unfiltered ||
        (!matches(rejected, path) &&
          !matches(methods, method) &&
          matches(accepted, path) &&
          matches(hosts, host)),
    });
    if (listening === undefined) throw fail('nothing can listen on this machine');
    if (typeof listening === 'string') throw fail(`listen tcp ${address}:${port}: bind: ${listening}`);
    try {
      await session.out(`Starting to serve on ${address}:${listening.port}\n`);
      await new Promise<void>((resolve) => env.streams.cancel.onCancel(resolve));
    } finally {
      listening.close();
    }
    return 0;
  },
};

/** Expressions parted by commas (MakeRegexpArray). */
function readPatterns(words: string): readonly RegExp[] {
  return words
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      try {
        return new RegExp(word);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw fail(`error parsing regexp: ${error.message}`);
      }
    });
}

/** "k8s-api" as "/k8s-api/". */
const prefixOf = (word: string): string => `/${word.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/');
