import { stringify } from 'yaml';
import type { Service, Stored, View } from '../../api';
import { LabError } from '../../labs';
import type { Workspace } from '../../workspace';
import { sandboxWorkspace } from '../portside/sandbox-workspace';
import { asCommands } from './equivalents/as-commands';
import { asManifest } from './equivalents/as-manifests';
import { play } from './play';
import { partText, scriptOf, scriptParts } from './script-parts';
import { TO_WRITE } from './to-write';

/** What a new lab begins with. */
export interface NewLab {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  /** A script that solves it, recorded in a sandbox. */
  readonly script?: string | undefined;
}

type Files = Readonly<Record<string, string>>;
interface TaskDraft {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly checks: readonly Readonly<Record<string, unknown>>[];
}

const EXAMPLE_SCRIPT = `kubectl create deployment web --image=nginx --replicas=2 --port=80
kubectl rollout status deployment/web
kubectl expose deployment web --port=80
sleep 5
`;

/** The files of a new lab: from a recorded script, tasks about what it made and a lesson of its commands. */
export async function newLab(options: NewLab): Promise<Files> {
  const script = options.script ?? EXAMPLE_SCRIPT;
  const start = await sandboxWorkspace({ seed: 1, nodes: 3, images: 'catalogue' });
  const { workspace, complaint } = await play(start, script);
  if (complaint !== undefined) throw new LabError('the script', undefined, complaint);
  const tasks = tasksFor(start, workspace);
  return {
    'lab.yaml': labYaml(options, tasks),
    'steps/work.md': lesson(script),
    ...solutions(script, start),
    'private/debrief.md': `${TO_WRITE} what was learnt here, and where it leads.\n`,
    ...mistakes(tasks),
  };
}

function labYaml({ slug, title, summary, minutes }: NewLab, tasks: readonly TaskDraft[]): string {
  return stringify(
    {
      id: slug,
      title,
      summary,
      aims: [`${TO_WRITE} what a learner can do afterwards`],
      minutes,
      cluster: { nodes: 3 },
      steps: [{ id: 'work', title: 'What to do', file: 'steps/work.md' }],
      tasks,
      hints: tasks.map(({ id }) => ({
        task: id,
        text: `${TO_WRITE} where to look, and with which command; not what to type.`,
      })),
    },
    { lineWidth: 110 },
  );
}

/** Each line of the script is a block of its own, so that the lesson can grow between them; waiting is what reading does. */
function lesson(script: string): string {
  const blocks = scriptParts(script)
    .filter(({ command }) => !/^sleep \d/.test(command))
    .map(
      (part) =>
        `${TO_WRITE} why the learner runs this, and what to look at.\n\n\`\`\`sh run\n${partText(part)}\n\`\`\``,
    );
  return `${blocks.join('\n\n')}\n`;
}

/** The script, and the same otherwise where the kit knows how: a task leaves open how its objects are made. */
function solutions(script: string, start: Workspace): Files {
  const parts = scriptParts(script);
  const others = { manifest: scriptOf(parts.map(asManifest)), commands: asCommands(parts, start) };
  const [name, other] =
    others.manifest !== scriptOf(parts) ? ['manifest', others.manifest] : ['commands', others.commands];
  return {
    'private/solutions/recorded.sh': script,
    ...(other === undefined ? {} : { [`private/solutions/${name}.sh`]: other }),
  };
}

function tasksFor(start: Workspace, solved: Workspace): TaskDraft[] {
  const made = (resource: string): Stored[] => newOnes(start.view, solved.view, resource);
  const workloads = ['deployments.apps', 'statefulsets.apps'].flatMap(made).map(workloadTask);
  const services = made('services').map((service) => serviceTask(service as Stored<Service>, solved));
  return [...workloads, ...services];
}

const newOnes = (before: View, after: View, resource: string): Stored[] =>
  after
    .list(resource, '')
    .filter(({ metadata }) => !before.get(resource, metadata.namespace ?? '', metadata.name));

const inNamespace = (namespace: string | undefined) =>
  namespace === undefined || namespace === 'default' ? {} : { namespace };

function workloadTask(object: Stored): TaskDraft {
  const { name, namespace } = object.metadata;
  const { replicas = 1 } = (object as { spec?: { replicas?: number } }).spec ?? {};
  return {
    id: name,
    title: `Pods of ${name}`,
    text: `${object.kind} \`${name}\` keeps ${replicas} Pods ready.`,
    checks: [
      {
        name: 'ready',
        workload: { ...inNamespace(namespace), [object.kind.toLowerCase()]: name, ready: replicas },
      },
    ],
  };
}

function serviceTask(service: Stored<Service>, { view }: Workspace): TaskDraft {
  const { name, namespace = 'default' } = service.metadata;
  const [port] = service.spec?.ports ?? [];
  const selector = JSON.stringify(service.spec?.selector ?? {});
  const owner = view
    .list('deployments.apps', namespace)
    .find((each) => JSON.stringify(labelsOf(each)) === selector);
  const behind = owner ? { deployment: owner.metadata.name } : { labels: service.spec?.selector ?? {} };
  const target = typeof port?.targetPort === 'number' ? port.targetPort : (port?.port ?? 80);
  return {
    id: `service-${name}`,
    title: `Service ${name}`,
    text: `Service \`${name}\` leads to exactly those Pods, also when they are replaced.`,
    checks: [
      {
        name: 'right-pods',
        endpoints: { ...inNamespace(namespace), service: name, ...behind, port: target },
      },
      {
        name: 'answers',
        reach: { ...inNamespace(namespace), host: name, port: port?.port ?? 80, ...behind },
      },
      ...(owner
        ? [
            {
              name: 'pods-change',
              scenario: {
                ...inNamespace(namespace),
                ...behind,
                events: [{ delete: 'every-pod' }, { scale: 0 }, { scale: 3 }],
                eventually: [
                  { endpoints: { ...inNamespace(namespace), service: name, ...behind, port: target } },
                ],
              },
            },
          ]
        : []),
    ],
  };
}

const labelsOf = (deployment: Stored): unknown =>
  (deployment as { spec?: { template?: { metadata?: { labels?: unknown } } } }).spec?.template?.metadata
    ?.labels;

/** Three mistakes that every Service invites; more are the author's to know. */
function mistakes(tasks: readonly TaskDraft[]): Files {
  const task = tasks.find(({ id }) => id.startsWith('service-'));
  if (!task) return {};
  const service = task.id.slice('service-'.length);
  const mistake = (name: string, says: string, script: string) =>
    stringify(
      { name, task: task.id, check: 'right-pods', says, after: 'recorded', script },
      { lineWidth: 0 },
    );
  return {
    'private/mistakes/wrong-selector.yaml': mistake(
      "The selector does not match the Pods' labels",
      'spec.selector',
      `kubectl set selector service ${service} app=somebody-else\nsleep 5\n`,
    ),
    'private/mistakes/wrong-target-port.yaml': mistake(
      'The Service sends to a port that nothing listens on',
      'they listen on',
      `kubectl patch service ${service} --type=json -p '[{"op":"replace","path":"/spec/ports/0/targetPort","value":9999}]'\nsleep 5\n`,
    ),
    'private/mistakes/no-service.yaml': mistake(
      'There is no Service',
      'There is no Service',
      `kubectl delete service ${service}\n`,
    ),
  };
}
