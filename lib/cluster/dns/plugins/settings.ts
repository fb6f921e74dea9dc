import { formatDuration } from '../../../base';
import { isAddress } from '../addresses';
import { CorefileError } from '../corefile/dispenser';
import { readDuration } from '../corefile/go-values';
import { type Directive, ONLY_ONCE, type SetUp } from '../setup';

/* Directives that set up the server and have no part in answering. */

const HEALTH = ':8080';
const READY = ':8181';
const METRICS = 'localhost:9153';

/** "HOST:PORT", ":PORT"; throws Go's error for what is neither. */
function addressOf(text: string): string {
  if (!text.includes(':')) throw new CorefileError(`address ${text}: missing port in address`);
  if (text.split(':').length > 2 && !text.startsWith('['))
    throw new CorefileError(`address ${text}: too many colons in address`);
  return text;
}

/** `health [ADDRESS] { lameduck DURATION }`. */
export const health: Directive = {
  name: 'health',
  setUp({ words, block }) {
    while (words.next()) {
      const args = words.remainingArgs();
      if (args.length > 1) throw words.argumentError();
      block.healthAddress = addressOf(args[0] ?? HEALTH);
      while (words.nextBlock()) {
        if (words.val() !== 'lameduck') throw words.argumentError();
        const [text = '', ...more] = words.remainingArgs();
        if (text === '' || more.length > 0) throw words.argumentError();
        block.lameduckMs = lameduckMs(text);
      }
    }
    return undefined;
  },
};

function lameduckMs(text: string): number {
  try {
    return readDuration(text);
  } catch (error) {
    if (!(error instanceof CorefileError)) throw error;
    throw new CorefileError(`unable to parse lameduck duration value: '${text}' : ${error.message}`);
  }
}

/** `ready [ADDRESS] { monitor until-ready|continuously }`. */
export const ready: Directive = {
  name: 'ready',
  setUp({ words, block }) {
    once(words, () => {
      const args = words.remainingArgs();
      if (args.length > 1) throw words.argumentError();
      block.readyAddress = addressOf(args[0] ?? READY);
      while (words.nextBlock()) {
        if (words.val() !== 'monitor') continue;
        const [type = '', ...more] = words.remainingArgs();
        if (type === '' || more.length > 0) throw words.argumentError();
        if (type !== 'until-ready' && type !== 'continuously')
          throw words.error(`monitor type '${type}' not supported`);
      }
    });
    return undefined;
  },
};

/** `prometheus [ADDRESS]`. */
export const prometheus: Directive = {
  name: 'prometheus',
  setUp({ words, block }) {
    once(words, () => {
      const args = words.remainingArgs();
      if (args.length > 1) throw words.argumentError();
      block.metricsAddress = addressOf(args[0] ?? METRICS);
    });
    return { name: 'prometheus', answer: (query, _, next) => next(query) };
  },
};

function once(words: SetUp['words'], read: () => void): void {
  let seen = 0;
  while (words.next()) {
    if (seen > 0) throw new CorefileError(ONLY_ONCE);
    seen += 1;
    read();
  }
}

const RELOAD_MS = 30_000;
const JITTER_MS = 15_000;
const MIN_RELOAD_MS = 2000;
const MIN_JITTER_MS = 1000;

/** `reload [INTERVAL] [JITTER]`. */
export const reload: Directive = {
  name: 'reload',
  setUp({ words, block }) {
    words.next();
    const args = words.remainingArgs();
    if (args.length > 2) throw words.argumentError();
    const [interval, jitter] = args;
    const intervalMs = interval === undefined ? RELOAD_MS : readDuration(interval);
    if (intervalMs < MIN_RELOAD_MS)
      throw new CorefileError(`interval value must be greater or equal to ${formatDuration(MIN_RELOAD_MS)}`);
    const jitterMs = jitter === undefined ? JITTER_MS : readDuration(jitter);
    if (jitterMs < MIN_JITTER_MS)
      throw new CorefileError(`jitter value must be greater or equal to ${formatDuration(MIN_JITTER_MS)}`);
    block.reload = { intervalMs, jitterMs: Math.min(jitterMs, intervalMs / 2) };
    return undefined;
  },
};

/** `bind ADDRESS…`. */
export const bind: Directive = {
  name: 'bind',
  setUp({ words, block }) {
    const all: string[] = [];
    while (words.next()) {
      const addresses = words.remainingArgs();
      if (addresses.length === 0)
        throw new CorefileError('at least one address or interface name is expected');
      const except: string[] = [];
      while (words.nextBlock()) {
        if (words.val() !== 'except')
          throw new CorefileError(`invalid option ${JSON.stringify(words.val())}`);
        except.push(...words.remainingArgs());
      }
      all.push(...addresses.flatMap(boundTo).filter((address) => !except.includes(address)));
    }
    block.bind = all;
    return undefined;
  },
};

/** Addresses as they are; of interfaces, the two that a Pod has. The Pod's own address is known only when it runs. */
function boundTo(name: string): readonly string[] {
  if (name === 'lo') return ['127.0.0.1'];
  if (name === 'eth0') return [POD_ADDRESS];
  if (!isAddress(name))
    throw new CorefileError(`not a valid IP address or interface name: ${JSON.stringify(name)}`);
  return [name];
}

/** Stands for the Pod's address among the addresses that a block is bound to. */
export const POD_ADDRESS = 'eth0';

/** `root FOLDER`. */
export const root: Directive = {
  name: 'root',
  setUp({ words, block }) {
    while (words.next()) {
      if (!words.nextArg()) throw words.argumentError();
      block.root = words.val().replace(/\/$/, '');
    }
    return undefined;
  },
};

/** `debug`. */
export const debug: Directive = {
  name: 'debug',
  setUp({ words, block }) {
    while (words.next()) if (words.nextArg()) throw words.argumentError();
    block.debug = true;
    return undefined;
  },
};

/** Directives that are taken, and change nothing that can be seen here. */
export const ACCEPTED: readonly Directive[] = [
  'metadata',
  'cancel',
  'timeouts',
  'multisocket',
  'nsid',
  'bufsize',
  'pprof',
  'trace',
  'dnstap',
  'transfer',
].map((name) => ({ name, setUp: () => undefined }));
