import { existsSync, readFileSync } from 'node:fs';
import { sceneOf } from '../../../app/_diagram/scene';
import type { Vantage } from '../../api';
import { shownObjects } from '../../server/live/picture';
import { traceRequest } from '../../server/live/trace-request';
import type { Workspace } from '../../workspace';

/** Where the pictures of a chapter's diagrams are. */
export const pictureFile = (folder: string, slug: string): string => `${folder}diagrams/${slug}.json`;

/** The pictures that a chapter has, each as its lines of JSON. */
export function keptPictures(folder: string, slug: string): Record<string, readonly string[]> {
  const file = pictureFile(folder, slug);
  const kept: Record<string, unknown> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return Object.fromEntries(Object.entries(kept).map(([name, picture]) => [name, linesOf(picture)]));
}

/** The file's text for these pictures. */
export function writePictures(pictures: Readonly<Record<string, readonly string[]>>): string {
  const whole = Object.entries(pictures).map(([name, lines]) => [name, JSON.parse(lines.join('\n'))]);
  return `${JSON.stringify(Object.fromEntries(whole), undefined, 2)}\n`;
}

/** The scene that a diagram asks for: `from` is a Pod, "office", "internet" or "node/NAME"; `to` a host. */
export function takePicture(
  workspace: Workspace,
  asked: Readonly<Record<string, string>>,
): readonly string[] {
  const { to, port = '80', path, from, namespace, only, protocol } = asked;
  const way =
    to === undefined
      ? undefined
      : traceRequest(
          workspace,
          {
            host: hostOf(workspace, to),
            port: Number(port === 'nodePort' ? nodePortOf(workspace) : port),
            ...(path === undefined ? {} : { path }),
            ...(from === undefined ? {} : { from: vantage(from, namespace ?? 'default') }),
          },
          protocol === 'tcp' ? 'connect' : 'http',
        );
  const { cluster, ...rest } = sceneOf(shownObjects(workspace), way);
  const shown = only?.split(',');
  const wanted = (key: string) => shown === undefined || shown.some((part) => key.includes(part));
  return linesOf({
    ...rest,
    cluster: {
      ...cluster,
      services: cluster.services.filter(({ key }) => wanted(key)),
      pods: cluster.pods.filter(({ key }) => wanted(key)),
    },
  });
}

const linesOf = (picture: unknown): readonly string[] => JSON.stringify(picture, undefined, 2).split('\n');

/** A host by its name, or by what it is: "balancer" is the first Service's address outside, "pod/NAME" a Pod's IP. */
function hostOf(workspace: Workspace, to: string): string {
  const { services, pods } = sceneOf(shownObjects(workspace)).cluster;
  if (to === 'balancer') return services.flatMap(({ outside }) => outside)[0] ?? to;
  if (!to.startsWith('pod/')) return to;
  return pods.find(({ name }) => name.startsWith(to.slice('pod/'.length)))?.address ?? to;
}

/** The first node port there is. */
function nodePortOf(workspace: Workspace): string | undefined {
  const ports = sceneOf(shownObjects(workspace)).cluster.services.map(({ ports }) => ports);
  return ports.map((text) => /:(\d+)\//.exec(text)?.[1]).find((found) => found !== undefined);
}

function vantage(from: string, namespace: string): Vantage {
  if (from === 'office' || from === 'internet') return { kind: from };
  if (from.startsWith('node/')) return { kind: 'node', name: from.slice('node/'.length) };
  return { kind: 'pod', namespace, name: from };
}
