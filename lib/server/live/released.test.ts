import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import packages from '../../../package.json';
import { createWorkspace, restoreWorkspace, type Workspace } from '../../workspace';
import { projectRoot } from '../project-root';
import { packSnapshot, snapshotHash, unpackSnapshot } from './snapshot-bytes';

/** A workspace as each released version of Portside stored it, and what it showed then. */
const FOLDER = join(projectRoot(), 'lib/server/live/released');
const OPTIONS = { seed: 11, startAt: 1_767_603_600_000, nodes: 2, images: 'catalogue' } as const;
/** A learner's hour in short: objects of many kinds, a command that failed, files, a variable. */
const LIVED = `kubectl create deployment web --image=nginx --replicas=3
kubectl expose deployment web --port=80
kubectl create configmap notes --from-literal=word=anchor
kubectl create service nodeport door --tcp=80:80
kubectl run one --image=busybox --restart=Never -- sleep 3600
kubectl rollout status deployment/web
kubectl set image deployment/web nginx=nginx:nope
sleep 40
kubectl gte pods
mkdir -p manifests && kubectl get service web -o yaml > manifests/web.yaml
kubectl label node worker-1 zone=east`;
const SHOWS = `kubectl get deployments,replicasets,pods,services,endpointslices -A -o wide
kubectl get nodes --show-labels
kubectl get configmap notes -o yaml
cat manifests/web.yaml`;
/** And it goes on: controllers know what they were about. */
const GOES_ON = `kubectl rollout undo deployment/web
kubectl rollout status deployment/web --timeout=120s
kubectl delete pod -l app=web --wait=false
sleep 60
kubectl get deployment web
kubectl run asks --image=busybox --restart=Never --rm -i -- wget -qO- -T 5 http://web | head -1`;

async function told(workspace: Workspace, script: string): Promise<string> {
  let text = '';
  const take = (piece: string) => {
    text += piece;
  };
  await workspace.run(script, { out: take, err: take });
  return text;
}

const pathOf = (version: string, ending: string) => join(FOLDER, `${version}.${ending}`);

/** `ADD=1` keeps this version's: once, when it is released. */
async function keepThisVersion(): Promise<void> {
  const workspace = await createWorkspace(OPTIONS);
  await told(workspace, LIVED);
  writeFileSync(pathOf(packages.version, 'snapshot'), await packSnapshot(workspace.snapshot()));
}

describe('a released snapshot', () => {
  it('[V32] is kept for this version', async () => {
    if (process.env.ADD === '1' && !existsSync(pathOf(packages.version, 'snapshot'))) await keepThisVersion();
    expect(readdirSync(FOLDER)).toContain(`${packages.version}.snapshot`);
  }, 60_000);

  const versions = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.snapshot'))
    .map((name) => name.slice(0, -'.snapshot'.length));

  it.each(versions)(
    '[V32] of %s opens, shows what it showed, and goes on',
    async (version) => {
      const snapshot = await unpackSnapshot(readFileSync(pathOf(version, 'snapshot')));
      const workspace = restoreWorkspace(snapshot, OPTIONS);
      const again = await unpackSnapshot(await packSnapshot(workspace.snapshot()));
      expect(snapshotHash(restoreWorkspace(again, OPTIONS).snapshot())).toBe(
        snapshotHash(workspace.snapshot()),
      );
      const shown = `${await told(workspace, SHOWS)}----\n${await told(workspace, GOES_ON)}`;
      const kept = pathOf(version, 'txt');
      if (process.env.UPDATE === '1' || !existsSync(kept)) writeFileSync(kept, shown);
      expect(shown).toBe(readFileSync(kept, 'utf8'));
    },
    60_000,
  );
});
