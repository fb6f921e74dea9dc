import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { createPulse } from './pulse';

let dataDir: string;
let postgres: RunningPostgres;
let line: Server;
const sockets = new Set<Socket>();
let isSilent = false;
let url: string;

/** A line to the database that can fall silent, as when its machine is gone. */
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'portside-pulse-'));
  postgres = await startEmbeddedPostgres(dataDir);
  const { hostname, port } = new URL(postgres.url);
  line = createServer((near) => {
    const far = dial(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data: Buffer) => {
        if (!isSilent) to.write(data);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const address = new URL(postgres.url);
  address.host = `127.0.0.1:${(line.address() as { readonly port: number }).port}`;
  url = address.href;
}, 120_000);

afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => line.close(resolve));
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What a probe is told, and after how many ms. */
async function felt(pulse: ReturnType<typeof createPulse>): Promise<readonly [boolean, number]> {
  const began = Date.now();
  const isThere = await pulse.feel().then(
    () => true,
    () => false,
  );
  return [isThere, Date.now() - began];
}

describe('[V37] the database’s pulse', () => {
  it('is felt, is missed within two seconds when the database falls silent, and is felt again', async () => {
    const pulse = createPulse(url);
    expect((await felt(pulse))[0]).toBe(true);
    expect((await felt(pulse))[0]).toBe(true);
    for (const [silent, times] of [
      [true, 2],
      [false, 2],
    ] as const) {
      isSilent = silent;
      for (let time = 0; time < times; time += 1) {
        const [isThere, ms] = await felt(pulse);
        expect(isThere).toBe(!silent);
        expect(ms).toBeLessThan(2_000);
      }
    }
    await pulse.close();
  });

  it('is asked once for all who ask at the same time', async () => {
    const pulse = createPulse(url);
    const before = sockets.size;
    await Promise.all(Array.from({ length: 20 }, () => pulse.feel()));
    expect(sockets.size - before).toBe(2);
    await pulse.close();
  });

  it('is missed at once where nobody listens', async () => {
    const [isThere, ms] = await felt(createPulse('postgresql://nobody@127.0.0.1:1/nothing'));
    expect(isThere).toBe(false);
    expect(ms).toBeLessThan(1_000);
  });
});
