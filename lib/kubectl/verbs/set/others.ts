import {
  type KubeObject,
  type LabelSelector,
  type PodSpec,
  parseLabelSelector,
  StatusError,
} from '../../../api';
import { isQuantity, QUANTITY_ERROR } from '../../../base';
import { bool, list, text } from '../../flags';
import { setResourcesManual, setSelectorManual, setServiceaccountManual } from '../../manual';
import { objectPrinter } from '../../printers';
import { type LoadedInfo, visitTargets } from '../../resources';
import type { Command, ParsedArgs } from '../../seams';
import { causeAnnotation, fail, openSession, type Session, writeOptions } from '../../session';
import { noTemplate, podSpecOf, sendChange, withPodSpec } from '../template-change';

/** `kubectl set selector`. */
export const setSelector: Command<ParsedArgs> = {
  ...setSelectorManual,
  options: (args) =>
    args.positional.length === 0
      ? fail('one or more resources must be specified as <resource> <name> or <resource>/<name>')
      : args,
  async run(args, env) {
    const words = args.positional.slice(0, -1);
    if (words.length === 1 && !words[0]?.includes('/') && !bool(args, 'all'))
      throw fail('resource(s) were provided, but no name was specified');
    const selector = plainSelector(args.positional.at(-1) ?? '');
    const session = openSession(args, env);
    await visitTargets(
      session,
      { words, all: bool(args, 'all'), allowEmptySelector: bool(args, 'all'), latest: true },
      (info) => selectOne(session, info, selector),
    );
    return 0;
  },
};

/** Pairs alone: a Service selects by nothing else (metav1.ParseToLabelSelector). */
function plainSelector(words: string): Readonly<Record<string, string>> {
  const requirements = requirementsOf(words);
  const strange = requirements.find(({ operator }) => ['!=', 'gt', 'lt'].includes(operator));
  if (strange?.operator === '!=') throw fail('"!=" is not a valid label selector operator');
  if (strange) throw fail(`"${strange.operator}" isn't supported in label selectors`);
  const expressions = requirements
    .filter(({ operator }) => operator !== '=')
    .map(({ key, operator, values }) => `{${key} ${operator} [${values.toSorted().join(' ')}]}`);
  if (expressions.length > 0) {
    throw fail(`match expression [${expressions.join(' ')}] not supported on this object`);
  }
  return Object.fromEntries(requirements.map(({ key, values }) => [key, values[0] ?? '']));
}

function requirementsOf(words: string): LabelSelector {
  try {
    return parseLabelSelector(words);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    throw fail(`couldn't parse the selector string "${words}": ${error.message}`);
  }
}

async function selectOne(
  session: Session,
  info: LoadedInfo,
  selector: Readonly<Record<string, string>>,
): Promise<void> {
  if (info.object.kind !== 'Service') {
    throw fail(`setting a selector is only supported for Services`);
  }
  const print = objectPrinter(session, { operation: 'selector updated' });
  const { spec } = info.object as unknown as { spec?: { selector?: Readonly<Record<string, string>> } };
  const next = { ...info.object, spec: { ...spec, selector } } as KubeObject;
  if (session.dryRun === 'client' || bool(session.args, 'local')) {
    await session.out(print(next));
    return;
  }
  const gone = Object.keys(spec?.selector ?? {}).filter((key) => !(key in selector));
  const annotations = causeAnnotation(session.changeCause);
  const version = text(session.args, 'resource-version');
  const metadata = {
    ...(session.changeCause === undefined ? {} : { annotations }),
    ...(version === '' ? {} : { resourceVersion: version }),
  };
  const body = {
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    spec: { selector: { ...Object.fromEntries(gone.map((key) => [key, null])), ...selector } },
  };
  const answer = await session.client.patch(
    info.resource,
    info.namespace,
    info.name,
    'merge',
    body,
    writeOptions(session, 'kubectl-set'),
  );
  await session.out(print(await session.heed(answer)));
}

/** `kubectl set resources`. */
export const setResources: Command<ParsedArgs> = {
  ...setResourcesManual,
  options(args) {
    // Without resources it is the builder that complains.
    if (args.positional.length === 0 && list(args, 'filename').length === 0) return args;
    return text(args, 'limits') === '' && text(args, 'requests') === ''
      ? fail('you must specify an update to requests or limits (in the form of --requests/--limits)')
      : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const limits = amounts(text(args, 'limits'));
    const requests = amounts(text(args, 'requests'));
    const pattern = text(args, 'containers', '*');
    await visitTargets(
      session,
      { words: args.positional, all: bool(args, 'all'), allowEmptySelector: bool(args, 'all'), latest: true },
      async (info) => {
        const chosen = podSpecOf(info.object)?.containers.some(
          ({ name }) => pattern === '*' || pattern === name,
        );
        if (chosen === false) throw fail(`unable to find container named ${pattern}`);
        const told = [
          'resource requirements updated',
          'failed to patch resources update to pod template ',
        ] as const;
        await changeSpec(session, info, told, (spec) => ({
          ...spec,
          containers: spec.containers.map((container) =>
            pattern === '*' || pattern === container.name
              ? {
                  ...container,
                  resources: {
                    ...container.resources,
                    ...(limits ? { limits: { ...container.resources?.limits, ...limits } } : {}),
                    ...(requests ? { requests: { ...container.resources?.requests, ...requests } } : {}),
                  },
                }
              : container,
          ),
        }));
      },
    );
    return 0;
  },
};

function amounts(words: string): Readonly<Record<string, string>> | undefined {
  if (words === '') return undefined;
  return Object.fromEntries(
    words.split(',').map((part) => {
      const [name = '', value, ...more] = part.split('=');
      if (value === undefined || more.length > 0) {
        throw fail(`Invalid argument syntax ${part}, expected <resource>=<value>`);
      }
      if (!isQuantity(value)) throw fail(QUANTITY_ERROR);
      return [name, value];
    }),
  );
}

/** `kubectl set serviceaccount`. */
export const setServiceAccount: Command<ParsedArgs> = {
  ...setServiceaccountManual,
  options: (args) => (args.positional.length === 0 ? fail('serviceaccount is required') : args),
  async run(args, env) {
    const session = openSession(args, env);
    const name = args.positional.at(-1) ?? '';
    await visitTargets(
      session,
      { words: args.positional.slice(0, -1), all: bool(args, 'all'), latest: true },
      (info) =>
        changeSpec(
          session,
          info,
          ['serviceaccount updated', 'failed to patch ServiceAccountName '],
          (spec) => ({
            ...spec,
            serviceAccountName: name,
          }),
        ),
    );
    return 0;
  },
};

async function changeSpec(
  session: Session,
  info: LoadedInfo,
  [operation, failure]: readonly [operation: string, failure: string],
  change: (spec: PodSpec) => PodSpec,
): Promise<void> {
  const spec = podSpecOf(info.object);
  if (!spec) throw fail(noTemplate(session, info));
  await sendChange(session, info, withPodSpec(info.object, change(spec)), {
    operation,
    manager: 'kubectl-set',
    failure,
  });
}
