import type { Workspace } from '../../workspace';
import type { Draw } from './draw';
import { answerProblem } from './judge-answer';
import { randomRequest } from './requests/random-request.test-support';
import { type Sent, send } from './send.test-support';
import { serveFork } from './served-fork.test-support';
import { storedProblems } from './stored-objects.test-support';

/** What a batch of requests led to; `log` tells what was sent. */
export interface Trouble {
  readonly problems: readonly string[];
  readonly log: readonly string[];
}

const REQUESTS = 30;
/** Long enough for rollouts, evictions and garbage collection to meet what was written. */
const AFTERMATH_MS = 40_000;

/** Sends a batch of requests to a fork of `start`, lets time pass over what they wrote, and looks at all of it. */
export async function makeTrouble(start: Workspace, draw: Draw): Promise<Trouble> {
  const fork = await serveFork(start);
  const since = start.view.revision;
  const log: string[] = [];
  try {
    for (let count = 0; count < REQUESTS; count += 1) {
      const sent = randomRequest(draw, fork.workspace);
      const answer = await send(fork, sent);
      log.push(`${answer.status} ${words(sent)}`);
      const problem = answerProblem(sent, answer);
      if (problem !== undefined) return { problems: [`${words(sent)}\n${problem}`], log };
      if (draw.chance(10)) await fork.pass(draw.pick([1, 300, 5000]));
    }
    const problems = await storedProblems(fork, since);
    if (problems.length > 0) return { problems, log };
    await fork.pass(AFTERMATH_MS);
    return { problems: await storedProblems(fork, since), log };
  } finally {
    await fork.stop();
  }
}

const SHOWN = 3000;

const words = ({ method, path, headers, body }: Sent): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${Buffer.from(body ?? '')
    .toString('utf8')
    .slice(0, SHOWN)}`;
