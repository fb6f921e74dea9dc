import { type KubeObject, StatusError } from '../../api';
import { parseQuantity } from '../../base';
import { bool, int, text } from '../flags';
import { autoscaleManual } from '../manual';
import { objectPrinter } from '../printers';
import { findTargets, type LoadedInfo, loadTargets } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { fail, openSession, type Session, throwAll, writeOptions } from '../session';
import { withLastApplied } from './last-applied';
import { requireFlags } from './require-flags';

type Target =
  | { readonly type: 'Utilization'; readonly averageUtilization: number }
  | { readonly type: 'AverageValue'; readonly averageValue: string };

const HPA = 'horizontalpodautoscalers';
const UNITS: Readonly<Record<string, string>> = { cpu: 'm', memory: 'Mi' };
const MAX_PERCENT = 2 ** 31;

/** `kubectl autoscale`. */
export const autoscale: Command<ParsedArgs> = {
  ...autoscaleManual,
  options: (args) => requireFlags(args, ['max']) ?? args,
  async run(args, env) {
    const session = openSession(args, env);
    if (args.given.has('cpu-percent')) {
      await session.err(
        "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\n",
      );
    }
    validate(args);
    const loaded = await loadTargets(session, await findTargets(session, { words: args.positional }), {
      continueOnError: true,
    });
    for (const info of loaded.infos) await autoscaleOne(session, info);
    throwAll(loaded.errors);
    if (loaded.infos.length === 0) throw fail('no objects passed to autoscale');
    return 0;
  },
};

function validate(args: ParsedArgs): void {
  const [min, max] = [int(args, 'min', -1), int(args, 'max', -1)];
  if (max < 1) throw fail(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) {
    throw fail(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  }
  if (int(args, 'cpu-percent', -1) > 0 && text(args, 'cpu') !== '') {
    throw fail('--cpu-percent and --cpu are mutually exclusive');
  }
  for (const resource of ['cpu', 'memory']) {
    const input = text(args, resource);
    if (input !== '') readTarget(input, resource);
  }
}

async function autoscaleOne(session: Session, info: LoadedInfo): Promise<void> {
  const { group, version, resource, kind, subresources } = info.resource;
  if (!subresources.includes('scale')) {
    const where = `${group}/${version}, Resource=${resource}`;
    throw fail(
      `cannot autoscale a ${kind}: could not find scale subresource for ${where} in discovery information`,
    );
  }
  try {
    await create(session, 'v2', buildAutoscaler(session, info, 'v2'));
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const why = whyNotV1(session.args);
    if (why !== undefined) {
      throw fail(
        `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`,
      );
    }
    await create(session, 'v1', buildAutoscaler(session, info, 'v1'));
  }
}

/** autoscaling/v1 knows a CPU percentage and nothing else; Go prints an error that is none as it does. */
function whyNotV1(args: ParsedArgs): string | undefined {
  const cpu = text(args, 'cpu');
  if (cpu === '') return 'empty input';
  const alone = text(args, 'memory') === '';
  return alone && readTarget(cpu, 'cpu').type === 'Utilization' ? undefined : '%!w(<nil>)';
}

async function create(session: Session, version: 'v1' | 'v2', object: KubeObject): Promise<void> {
  if (session.dryRun === 'client') {
    await session.out(objectPrinter(session, { operation: 'created' })(object));
    return;
  }
  const body = bool(session.args, 'save-config') ? withLastApplied(object) : object;
  const answer = await session.client.create(
    { group: 'autoscaling', version, resource: HPA },
    session.namespace,
    body,
    writeOptions(session, 'kubectl-autoscale'),
  );
  await session.out(objectPrinter(session, { operation: 'autoscaled' })(await session.heed(answer)));
}

function buildAutoscaler(session: Session, info: LoadedInfo, version: 'v1' | 'v2'): KubeObject {
  const { args } = session;
  const { group, version: of, kind } = info.resource;
  const min = int(args, 'min', -1);
  const percent = int(args, 'cpu-percent', -1);
  const [cpu, memory] = [text(args, 'cpu'), text(args, 'memory')];
  const metrics = [
    ...(percent > 0 ? [metric('cpu', { type: 'Utilization', averageUtilization: percent })] : []),
    ...(cpu === '' ? [] : [metric('cpu', readTarget(cpu, 'cpu'))]),
    ...(memory === '' ? [] : [metric('memory', readTarget(memory, 'memory'))]),
  ];
  const v1 = percent >= 0 ? { targetCPUUtilizationPercentage: percent } : {};
  const name = text(args, 'name') || info.name;
  return {
    apiVersion: `autoscaling/${version}`,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name, ...(session.namespaceGiven ? { namespace: session.namespace } : {}) },
    spec: {
      scaleTargetRef: { kind, name: info.name, apiVersion: group === '' ? of : `${group}/${of}` },
      ...(min > 0 ? { minReplicas: min } : {}),
      maxReplicas: int(args, 'max', -1),
      ...(version === 'v1' ? v1 : metrics.length > 0 ? { metrics } : {}),
    },
    status:
      version === 'v1'
        ? { currentReplicas: 0, desiredReplicas: 0 }
        : { desiredReplicas: 0, currentMetrics: null },
  } as KubeObject;
}

const metric = (name: string, target: Target): object => ({ type: 'Resource', resource: { name, target } });

/** parseResourceInput: "70%", "500m", or a number that means millicores or mebibytes. */
function readTarget(given: string, resource: string): Target {
  const input = given.trim();
  if (input === '') throw fail('empty input');
  if (input.endsWith('%')) {
    const digits = input.slice(0, -1);
    const percent = /^[-+]?\d+$/.test(digits) ? Number(digits) : -1;
    if (percent < 0 || percent >= MAX_PERCENT) throw fail(`invalid percentage value: ${digits}`);
    return { type: 'Utilization', averageUtilization: percent };
  }
  const isBare = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(input);
  const amount = isBare ? `${Number(input)}${UNITS[resource] ?? ''}` : input;
  if (parseQuantity(amount) === undefined) throw fail(`invalid resource ${resource} value: ${input}`);
  return { type: 'AverageValue', averageValue: amount };
}
