import type { ProcessEnv } from '../../seams';
import { ownChance } from '../text-hash';
import type { Loaded } from './load';
import { answerArrived, loopSource } from './queries';
import { type CoreDnsState, loadedOf } from './state';

/** From the start of the servers to the loop plugin's question. */
const LOOP_MS = 10;

/** The question that the loop plugin of a configuration asks, and when. */
export function nextLoop({ blocks }: Loaded, env: ProcessEnv): Pick<CoreDnsState, 'loop'> {
  const zone = blocks.map(({ settings }) => settings.loopZone).find((each) => each !== undefined);
  return zone === undefined ? {} : { loop: { name: loopName(zone, env), at: env.now + LOOP_MS } };
}

/** Two numbers of 63 bits in front of the zone, as the loop plugin makes its name. */
function loopName(zone: string, env: ProcessEnv): string {
  const random = ownChance(env);
  const number = () =>
    String(
      BigInt(Math.floor(random.next() * 2 ** 31)) * 2n ** 32n + BigInt(Math.floor(random.next() * 2 ** 32)),
    );
  return `${number()}.${number()}.${zone === '.' ? '' : zone}`;
}

/** Asks oneself for the name that nobody else asks for; what to say when the question comes back from outside. */
export function lookForLoop(state: CoreDnsState, env: ProcessEnv): string | undefined {
  const loaded = loadedOf(state);
  for (const { settings, addresses } of loaded.blocks) {
    const { loop } = state;
    const port = addresses[0]?.port ?? '53';
    if (settings.loopZone === undefined || loop === undefined) continue;
    const { loop: _, ...asking } = state;
    const query = { name: loop.name, type: 'HINFO' };
    const arrived = { query, port: Number(port), protocol: 'UDP', sourceIP: '127.0.0.1' } as const;
    const source = loopSource(answerArrived(asking, arrived, env).trace, env.podName);
    if (source === undefined) continue;
    const from = `${source}:${32_768 + Math.floor(env.random.next() * 28_232)}`;
    return `[FATAL] plugin/loop: Loop (${from} -> :${port}) detected for zone "${settings.loopZone}", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO ${loop.name}"`;
  }
  return undefined;
}
