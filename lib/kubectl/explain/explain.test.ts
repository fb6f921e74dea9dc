import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ApiResource, Client } from '../../api';
import { createRandom } from '../../base';
import { readTranscript, shown } from '../../testing/transcripts/read-transcript';
import { runKubectl } from '../index';

const { files, typed } = readTranscript(
  readFileSync(new URL('testdata/stalls.txtar', import.meta.url), 'utf8'),
);

type Row = readonly [string, string, string, boolean, readonly string[]];

const resources = (JSON.parse(files['resources.json'] ?? '') as readonly Row[]).map(
  ([resource, singular, kind, namespaced, shortNames]): ApiResource => ({
    group: 'shop.example.com',
    version: 'v1',
    resource,
    singular,
    kind,
    namespaced,
    shortNames,
    categories: [],
    verbs: ['get', 'list'],
    subresources: [],
  }),
);

const ROOT = 'apis/shop.example.com/v1';
const paths: Readonly<Record<string, string | undefined>> = {
  '/openapi/v3': JSON.stringify({ paths: { [ROOT]: { serverRelativeURL: `/openapi/v3/${ROOT}?hash=1` } } }),
  [`/openapi/v3/${ROOT}?hash=1`]: files['v3.json'],
  '/openapi/v2': files['v2.json'],
};

/** The API that the transcript was made against: none of ours, and nothing but documents. */
const client = {
  resources: async () => resources,
  raw: async (path: string) => paths[path] ?? '',
} as Partial<Client> as Client;

async function type(command: string): Promise<readonly string[]> {
  const pieces: { stream: 'out' | 'err'; text: string }[] = [];
  const stream = (name: 'out' | 'err') => ({
    isTerminal: false,
    write: async (text: string) => {
      pieces.push({ stream: name, text });
    },
  });
  const status = await runKubectl(command.split(' ').slice(1), {
    client,
    streams: { stdin: { read: async () => undefined }, stdout: stream('out'), stderr: stream('err') },
    files: { stat: () => undefined },
    timer: { now: () => 0, sleep: async () => {} },
    random: createRandom(1),
    cwd: '/root',
    environment: {},
  } as never);
  return shown(pieces, status);
}

it.each(typed)('[K10] $command', async ({ command, screen }) => {
  expect(await type(command)).toEqual(screen);
});
