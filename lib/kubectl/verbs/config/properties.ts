import { encodeBase64, isRecord } from '../../../base';
import { bool } from '../../flags';
import { configSetManual, configUnsetManual } from '../../manual';
import { fail, type Kubeconfig, type NamedEntry } from '../../session';
import { command, write } from './kubeconfig-file';

/** The lists of a kubeconfig by the words of a property, and what an entry holds. */
const LISTS = { clusters: 'cluster', contexts: 'context', users: 'user' } as const;
type ListName = keyof typeof LISTS;

const isList = (word: string): word is ListName => word in LISTS;

/** Names may hold dots: the longest that is there counts. */
function split(config: Kubeconfig, list: ListName, words: readonly string[]): readonly [string, string] {
  for (let count = words.length; count > 0; count -= 1) {
    const name = words.slice(0, count).join('.');
    if (config[list].some((each) => each.name === name)) return [name, words.slice(count).join('.')];
  }
  const field = words.length > 1 ? (words.at(-1) ?? '') : '';
  return [words.slice(0, field === '' ? undefined : -1).join('.'), field];
}

const inner = (list: ListName, entry: NamedEntry | undefined): Readonly<Record<string, unknown>> => {
  const value = entry?.[LISTS[list]];
  return isRecord(value) ? value : {};
};

const unknown = (word: string) => fail(`unable to parse ${word} after [] at api.Config`);

/** `kubectl config set`. */
export const setProperty = command(configSetManual, 2, 2, async (args, env, config, path) => {
  const [property = '', given = ''] = args.positional;
  const value = bool(args, 'set-raw-bytes') ? encodeBase64(given) : given;
  const [first = '', ...rest] = property.split('.');
  if (first === 'current-context') write(env, path, { ...config, currentContext: value });
  else if (!isList(first)) throw unknown(property);
  else {
    const [name, field] = split(config, first, rest);
    if (field === '') throw fail(`unable to locate path under ${property}`);
    const entry = config[first].find((each) => each.name === name);
    const typed = value === 'true' ? true : value === 'false' ? false : value;
    const changed = { [LISTS[first]]: { ...inner(first, entry), [field]: typed }, name };
    const list = entry
      ? config[first].map((each) => (each === entry ? changed : each))
      : [...config[first], changed];
    write(env, path, { ...config, [first]: list });
  }
  await env.streams.stdout.write(`Property "${property}" set.\n`);
});

/** `kubectl config unset`. */
export const unsetProperty = command(configUnsetManual, 1, 1, async (args, env, config, path) => {
  const [property = ''] = args.positional;
  const [first = '', ...rest] = property.split('.');
  if (first === 'current-context') write(env, path, { ...config, currentContext: '' });
  else if (!isList(first)) throw unknown(property);
  else if (rest.length === 0) write(env, path, { ...config, [first]: [] });
  else {
    const [name, field] = split(config, first, rest);
    const list = config[first].flatMap((each) => {
      if (each.name !== name) return [each];
      if (field === '') return [];
      const { [field]: _dropped, ...kept } = inner(first, each);
      return [{ ...each, [LISTS[first]]: kept }];
    });
    write(env, path, { ...config, [first]: list });
  }
  await env.streams.stdout.write(`Property "${property}" unset.\n`);
});
