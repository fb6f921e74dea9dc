import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Strings that stand nowhere but in the private part of the planted lab. */
export const PRIVATE = {
  solution: 'planted-solution-7f3a',
  mistake: 'planted-mistake-91bc',
  mistakeScript: 'planted-mistake-script-22de',
  scenario: 'planted-scenario-5b08',
  start: 'planted-start-c4d1',
  step: 'planted-step-0e66',
  survivor: 'planted-survivor-ab12',
  unequal: 'planted-unequal-3f9d',
  debrief: 'planted-debrief-d7e4',
} as const;

const FILES: Readonly<Record<string, string>> = {
  'course.yaml': `title: Planted
chapters:
  - id: clusterip
    title: Planted
    summary: One lab with secrets.
    labs: [harbour/lantern]
`,
  'harbour/lantern/lab.yaml': `id: lantern
title: A lantern
summary: A ConfigMap is made.
aims: [Make a ConfigMap]
skills: [stable-address]
minutes: 5
cluster:
  nodes: 1
steps:
  - { id: first, title: The lantern, file: steps/first.md }
tasks:
  - id: lantern
    title: There is a lantern
    text: ConfigMap \`lantern\` is there.
    checks:
      - name: exists
        object: { resource: configmaps, name: lantern }
      - name: stays
        play: stays
`,
  'harbour/lantern/steps/first.md': 'Make a ConfigMap.\n',
  'harbour/lantern/private/solutions/plain.sh': `kubectl create configmap lantern --from-literal=word=${PRIVATE.solution}\n`,
  'harbour/lantern/private/steps/first.sh': `kubectl create configmap lantern --from-literal=word=${PRIVATE.step}\n`,
  'harbour/lantern/private/start.sh': `kubectl create configmap ready >/dev/null # ${PRIVATE.start}\n`,
  'harbour/lantern/private/mistakes/other-name.yaml': `name: ${PRIVATE.mistake}
task: lantern
check: exists
says: lantern
script: kubectl create configmap ${PRIVATE.mistakeScript}
`,
  'harbour/lantern/private/scenarios/stays.yaml': `# ${PRIVATE.scenario}
events:
  - wait: 1s
eventually:
  - object: { resource: configmaps, name: lantern }
within: 5s
`,
  'harbour/lantern/private/survivors.yaml': `- mutant: "${PRIVATE.survivor}"
  verdict: free
  why: It is planted.
`,
  'harbour/lantern/private/debrief.md': `That was it: ${PRIVATE.debrief}.\n`,
};

/** The planted lab in a folder of its own, to be served in place of the others. */
export function plantLabs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'portside-labs-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
