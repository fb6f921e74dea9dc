import { beforeAll, describe, expect, it } from 'vitest';
import { type Lab, readLab } from '../../labs';
import type { Workspace } from '../../workspace';
import { CONTAINERS, LEAVES } from '../lesson-directives';
import { traceRequest } from '../live';
import { renderMarkdown } from '../markdown';
import { followLesson } from './follow-lesson';
import { gateProse } from './gate-prose';
import { gradeState, startOf } from './play';

/** Of chapters only. */
const NOT_IN_LESSONS = ['diagram'];

const LESSON = `Look at what is there.

\`\`\`sh run
kubectl get deployments
\`\`\`

\`\`\`output
NAME READY UP-TO-DATE AVAILABLE AGE
web 1/1 1 1 …
\`\`\`

:::type
\`\`\`sh
kubectl get service web
\`\`\`
:::

\`\`\`sh run fails
kubectl get service shop
\`\`\`

\`\`\`output
Error from server (NotFound): services "shop" not found
\`\`\`

\`\`\`sh type for=3s
kubectl get pods -w
\`\`\`

\`\`\`output
…
web-… 1/1 Running 0 …
\`\`\`

\`\`\`yaml file=manifests/shop.yaml
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
\`\`\`

:::run
\`\`\`sh
kubectl apply -f manifests/shop.yaml
\`\`\`
:::

\`\`\`output
service/shop created
\`\`\`

:::file{path=note.txt}
\`\`\`text
a note
\`\`\`
:::

\`\`\`sh run
cat note.txt
\`\`\`

\`\`\`output
a note
\`\`\`

:::note
A Service has a name.
:::

:::tip
Use it.
:::

:::warning
It is not a Pod.
:::

:::guide
The guide says round-robin.
:::

:::predict
What does the name lead to?

---

To a Pod.
:::

::cluster

::path{to=shop port=80}

::path{to=web port=80 from=elsewhere/caller}

:::quiz{id=which-port}
Which port?

- 80
- 8080
:::
`;

const caller = (namespace: string) => `apiVersion: v1
kind: Pod
metadata: { name: caller, namespace: ${namespace} }
spec: { containers: [{ name: caller, image: nicolaka/netshoot, command: [sleep, infinity] }] }
`;
const OBJECTS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: nginx }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: elsewhere }
---
${caller('default')}---
${caller('elsewhere')}`;

const labWith = (lesson: string): Lab =>
  readLab({
    track: 'services',
    slug: 'every-directive',
    files: new Map([
      [
        'lab.yaml',
        `id: every-directive
title: Every directive
summary: A lesson that has one of each.
aims: [See them]
minutes: 5
steps: [{ id: all, title: All, file: steps/all.md }]
tasks:
  - id: port
    title: A port
    text: Answer the question.
    checks: [{ name: which, quiz: { question: which-port, answer: a } }]
`,
      ],
      ['steps/all.md', lesson],
      ['objects/web.yaml', OBJECTS],
      ['private/steps/all.sh', 'mkdir -p answers\necho a > answers/which-port.txt\n'],
    ]),
  });

describe('[K11] a lesson with one of every directive', () => {
  const lab = labWith(LESSON);
  let start: Workspace;
  let end: Workspace;
  let html: string;
  beforeAll(async () => {
    start = await startOf(lab);
    const followed = await followLesson(lab, start);
    expect(followed.failures).toEqual([]);
    end = followed.workspace;
    html = await renderMarkdown(LESSON);
  }, 60_000);

  it('leaves none out', () => {
    const used = [...LESSON.matchAll(/^:{2,3}([a-z]+)/gm)].map(([, name]) => name);
    for (const name of [...CONTAINERS, ...LEAVES])
      if (!NOT_IN_LESSONS.includes(name)) expect(used, name).toContain(name);
  });

  it('reads without complaint', () => {
    expect(gateProse(lab, new Set())).toEqual([]);
  });

  it('has run its commands, saved its files and answered its question', async () => {
    expect(end.files.read('/home/learner/note.txt')).toBe('a note\n');
    expect(end.view.get('services', 'default', 'shop')).toBeDefined();
    expect((await gradeState(end, lab)).map(({ outcome }) => outcome)).toEqual(['met']);
    expect((await gradeState(start, lab)).map(({ outcome }) => outcome)).toEqual(['not-met']);
  });

  it.each([
    ['data-run', 4],
    ['data-type', 2],
    ['data-file', 2],
    ['data-language="output"', 5],
    ['role="note"', 4],
    ['data-quiz="which-port"', 1],
    ['class="predict"', 1],
    ['data-picture="cluster"', 1],
    ['data-picture="path"', 2],
  ])('shows %s', (mark, times) => {
    const shown = [...html.matchAll(/<(?:figure|aside|section|div)\b[^>]*>/g)].filter(([tag]) =>
      tag.includes(mark),
    );
    expect(shown).toHaveLength(times);
  });

  it('leads the pictures of a way to a Pod, each from its sender', () => {
    const ways = [...html.matchAll(/data-to="([^"]*)" data-port="(\d+)"(?: data-from="([^"]*)")?/g)].map(
      ([, host = '', port, from]) => {
        const [name = '', namespace = 'default'] = from?.split('/').toReversed() ?? [];
        const sender = from === undefined ? {} : { from: { kind: 'pod', namespace, name } as const };
        return traceRequest(end, { host, port: Number(port), ...sender });
      },
    );
    expect(ways.map(({ host, reached }) => [host, reached])).toEqual([
      ['shop', true],
      ['web', false],
    ]);
    expect(ways[1]?.sender).toEqual({ kind: 'pod', namespace: 'elsewhere', name: 'caller' });
  });

  it.each([
    ['web 1/1 1 1 …', 'web 2/2 2 2 …', 'steps/all.md:'],
    ['sh run fails', 'sh run', 'mark the fence "fails"'],
    ['kubectl get service web', 'kubectl get service nobody', 'ends with 1'],
    ['service/shop created', 'service/shop configured', 'service/shop'],
    ['kubectl get deployments', 'kubectl get deployments fails', 'ends with 1'],
  ])('tells when "%s" is not so', async (right, wrong, complaint) => {
    const { failures } = await followLesson(labWith(LESSON.replace(right, wrong)), start);
    expect(failures.join('\n')).toContain(complaint);
  });

  it.each([
    [':::tip', ':::hint', ':::hint is no directive'],
    ['::cluster', '::picture', '::picture is no directive; there are: ::cluster, ::path'],
    ['::path{to=shop port=80}', '::path{port=80}', '::path needs the name that is called'],
    ['from=elsewhere/caller', 'from=a/b/c', 'from must be a Pod'],
    ['{id=which-port}', '', ':::quiz needs an id'],
    ['{id=which-port}', '{id=other}', 'no step asks the question "which-port"'],
    ['{path=note.txt}', '', ':::file needs a path'],
  ])('complains where "%s" is "%s"', (right, wrong, complaint) => {
    expect(gateProse(labWith(LESSON.replace(right, wrong)), new Set()).join('\n')).toContain(complaint);
  });
});
