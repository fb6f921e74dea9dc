import { cpus, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { readNumbers } from '../../lib/testing/bin/read-numbers.mjs';
import { type Fleet, startFleet } from '../fleet/fleet';
import { type LoadedClass, makeLearners, makeLoadedClass } from '../load/class';
import { overTime, slowestLines, spread } from '../load/figures';
import { type Begun, begin, type Measured } from '../load/learner';
import { TRACES, waitsForPod } from '../load/traces';

/** nginx shows a certificate of its own making here, to nobody but this program. */
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const asked = readNumbers('load', {
  /** How many processes, one run each. */
  processes: [1, 3],
  /** Learners who press Start in the same second. */
  start: 30,
  /** Learners at work. */
  learners: 500,
  seconds: 180,
  /** Over which they come. */
  ramp: 60,
});
/** The issue's: from Enter to output. */
const GOAL_MS = 100;

async function main(): Promise<number> {
  let isWell = true;
  for (const processes of asked.processes) {
    const fleet = await startFleet({ processes });
    try {
      const result = await measure(fleet);
      console.log(JSON.stringify({ processes, ...result }));
      if (result.errors.length > 0 || result.answers.p95 > GOAL_MS) isWell = false;
    } finally {
      await fleet.dispose();
    }
  }
  console.log(
    isWell ? 'Within what was set.' : `Not within what was set: no error, and p95 below ${GOAL_MS} ms.`,
  );
  return isWell ? 0 : 1;
}

async function measure(fleet: Fleet) {
  const place = await makeLoadedClass(fleet);
  const { learners: count } = asked;
  const cookies = await makeLearners(fleet, place.cohort, count);
  const processor = () => fleet.processorSeconds().reduce((all, each) => all + each, 0);
  const processorAtStart = processor();
  const crowdAtStart = crowdSeconds();
  const measured: Measured = { starts: [], answers: [], errors: [] };
  const crowd = cookies.slice(0, asked.start);
  const first = await Promise.all(crowd.map((cookie) => begin(fleet.url, cookie, place.lab, measured)));
  const starts = spread(measured.starts);
  const processorAtWork = processor();
  const crowdAtWork = crowdSeconds();
  const board = await openBoard(fleet, place);
  const until = Date.now() + (asked.ramp + asked.seconds) * 1_000;
  const working: Promise<unknown>[] = [];
  const all: Begun[] = [];
  const goOn = (begun: Begun | undefined, seed: number) => {
    if (begun === undefined) return;
    all.push(begun);
    working.push(begun.work(TRACES[seed % TRACES.length] ?? [], seed, until));
  };
  first.forEach(goOn);
  const gapMs = (asked.ramp * 1_000) / Math.max(1, count - crowd.length);
  const coming: Promise<void>[] = [];
  for (const [index, cookie] of cookies.slice(crowd.length).entries()) {
    coming.push(
      begin(fleet.url, cookie, place.lab, measured).then(
        (begun) => goOn(begun, crowd.length + index),
        (error: unknown) => {
          measured.errors.push(`begin: ${error}`);
        },
      ),
    );
    await delay(gapMs);
  }
  await Promise.all(coming);
  await Promise.all(working);
  const worked = processor() - processorAtWork;
  const crowdWorked = crowdSeconds() - crowdAtWork;
  const load = loadavg().map((each) => Math.round(each * 10) / 10);
  const memoryMb = fleet.memory().map((bytes) => Math.round(bytes / 1024 / 1024));
  for (const each of all) each.leave();
  const seen = await board.close();
  const answers = measured.answers.filter(({ line }) => !waitsForPod(line));
  return {
    start: starts,
    answers: spread(answers.map(({ ms }) => ms)),
    p95EachTenSeconds: overTime(answers),
    slowest: slowestLines(measured.answers, 6),
    errors: measured.errors.slice(0, 10),
    errorCount: measured.errors.length,
    board: seen,
    memoryMb,
    /** Seconds of a processor: for the crowd that starts, and for all the work, with those who come meanwhile. */
    processorSeconds: { start: round(processorAtWork - processorAtStart), work: round(worked) },
    /** The same of this program: what it takes is not there for those whom it measures. */
    crowdSeconds: { start: round(crowdAtWork - crowdAtStart), work: round(crowdWorked) },
    /** Milliseconds of the server's processor time: a start of the crowd, and all the work shared out among its commands. */
    processorMs: {
      perStart: round(((processorAtWork - processorAtStart) * 1_000) / Math.max(1, crowd.length)),
      perCommand: round((worked * 1_000) / Math.max(1, measured.answers.length)),
    },
    conditions: { ...asked, cores: cpus().length, processor: cpus()[0]?.model, load, node: process.version },
  };
}

/** Seconds of a processor's time that this program has used. */
function crowdSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

const round = (seconds: number) => Math.round(seconds * 10) / 10;

/** A board that somebody looks at meanwhile. */
async function openBoard({ url }: Fleet, { instructor, cohort, assignment }: LoadedClass) {
  const began = performance.now();
  const page = await instructor.ask(`/cohorts/${cohort}/board`);
  const pageMs = Math.round(performance.now() - began);
  const stop = new AbortController();
  const answer = await fetch(`${url}/cohorts/${cohort}/board/events?work=${assignment}`, {
    headers: { Cookie: instructor.cookies },
    signal: stop.signal,
  });
  let [updates, bytes] = [0, 0];
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const part of answer.body ?? []) {
      const text = decoder.decode(part, { stream: true });
      bytes += text.length;
      updates += text.split('data: ').length - 1;
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  return {
    async close() {
      stop.abort();
      await reading;
      return {
        pageMs,
        pageKb: Math.round(page.body.length / 1024),
        updates,
        kbRead: Math.round(bytes / 1024),
      };
    },
  };
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
