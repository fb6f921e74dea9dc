import type { TestServer } from '../server';
import { attach, type Line } from './line';
import { makePeople, nameOf, type Walker } from './people';
import { type Answer, formsOf, linksOf, type Visitor } from './visitor';

/** Strings that stand in somebody's work, and who may come to see each. */
export const WORK = {
  file: 'planted-file-a8c0',
  typed: 'planted-typed-6e21',
  question: 'planted-question-17fb',
  reply: 'planted-reply-90aa',
  reason: 'planted-reason-e4c3',
  comment: 'planted-comment-2b7d',
  rosterMail: 'planted-roster-5d10@example.org',
  rosterReference: 'planted-reference-c9f6',
  cohort: 'planted-cohort-33b8',
} as const;

/** A class with work in it, and everybody who will walk through it. */
export interface Class {
  readonly origin: string;
  readonly people: Readonly<Record<Walker, Visitor>>;
  readonly cohort: string;
  readonly assignment: string;
  /** The learner's workspace in the assigned lab, its key, and an attempt there. */
  readonly workspace: string;
  readonly key: string;
  readonly attempt: string;
  readonly learnerId: string;
  readonly code: string;
  /** What the learner's page, and that of the classmate who passed, were told. */
  readonly learnerLine: Line;
  readonly classmateLine: Line;
}

const COHORT_PATH = /\/cohorts\/([0-9a-f-]{36})/;

/** Makes a class: a cohort with a lab, two learners at work, help and grades; and another cohort beside it. */
export async function makeClass(server: TestServer): Promise<Class> {
  const people = await makePeople(server);
  const cohort = await makeCohort(people.instructor, WORK.cohort);
  const code = await codeOf(people.instructor, cohort);
  for (const walker of ['learner', 'classmate', 'assistant'] as const)
    await join(people[walker], code, walker);
  const other = await makeCohort(people['other instructor'], 'Another class');
  await join(people.stranger, await codeOf(people['other instructor'], other), 'stranger');
  await makeAssistant(people.instructor, cohort);
  await people.instructor.fill(`/cohorts/${cohort}/people`, 'Add these people', {
    roster: `name,email,reference\nSomebody expected,${WORK.rosterMail},${WORK.rosterReference}\n`,
  });
  await assign(people.instructor, cohort);

  const page = await people.learner.ask(`/cohorts/${cohort}`);
  const lab = linksOf(page).find((href) => href.includes('assignment=')) ?? '';
  const assignment = /assignment=([0-9a-f-]{36})/.exec(lab)?.[1] ?? '';
  const workspace = await workspaceOf(people.learner, lab);
  const learnerLine = await attach(server.url, people.learner.cookies, workspace);
  const { key, attempt } = await work(learnerLine);
  const classmateLine = await attach(
    server.url,
    people.classmate.cookies,
    await workspaceOf(people.classmate, lab),
  );
  await pass(classmateLine);

  const board = await people.instructor.ask(`/cohorts/${cohort}/grades`);
  const learnerId = learnerIn(board, assignment, nameOf('learner'));
  await people.instructor.fill(`/cohorts/${cohort}/grades/${assignment}/${learnerId}`, 'Send', {
    text: WORK.comment,
  });
  await people.instructor.fill(`/cohorts/${cohort}/grades/${assignment}/${learnerId}`, 'Set', {
    points: '3',
    reason: WORK.reason,
  });
  const sent = await people.assistant.fill(`/cohorts/${cohort}/work/${workspace}`, 'Send', {
    text: WORK.reply,
  });
  if (sent.status >= 400) throw new Error(`the reply was not sent: ${sent.status}`);
  return {
    origin: server.url,
    people,
    cohort,
    assignment,
    workspace,
    key,
    attempt,
    learnerId,
    code,
    learnerLine,
    classmateLine,
  };
}

async function makeCohort(instructor: Visitor, name: string): Promise<string> {
  const answer = await instructor.fill('/cohorts/new', 'Make the cohort', {
    name,
    instructor: 'Their instructor',
  });
  const id = COHORT_PATH.exec(answer.location)?.[1];
  if (id === undefined) throw new Error(`no cohort was made: ${answer.status} ${answer.body.slice(0, 500)}`);
  return id;
}

async function codeOf(instructor: Visitor, cohort: string): Promise<string> {
  const { body } = await instructor.ask(`/cohorts/${cohort}/people`);
  return /\/join\/(?:<!-- -->)?([A-Z0-9-]+)/.exec(body)?.[1] ?? '';
}

async function join(visitor: Visitor, code: string, walker: Walker): Promise<void> {
  const answer = await visitor.fill(`/join/${code}`, 'Join as', { name: nameOf(walker) });
  if (!COHORT_PATH.test(answer.location)) throw new Error(`${walker} did not join: ${answer.status}`);
}

async function makeAssistant(instructor: Visitor, cohort: string): Promise<void> {
  const page = await instructor.ask(`/cohorts/${cohort}/people`);
  const row = page.body.split('<tr').find((each) => each.includes(nameOf('assistant'))) ?? '';
  const [form] = formsOf({ ...page, body: row });
  if (form === undefined) throw new Error('the assistant is not on the page of people');
  await instructor.send(form, { to: 'assistant' });
}

async function assign(instructor: Visitor, cohort: string): Promise<void> {
  const due = '2035-12-20T23:59';
  const answer = await instructor.fill(`/cohorts/${cohort}/assign`, 'Assign', {
    lab: 'harbour/lantern',
    due,
  });
  if (answer.status !== 303) throw new Error(`no lab was assigned: ${answer.status}`);
}

/** The workspace behind a lab's page. */
export async function workspaceOf(visitor: Visitor, path: string): Promise<string> {
  const { body, status } = await visitor.ask(path);
  const id = /workspaceId\\?":\\?"([0-9a-f-]{36})/.exec(body)?.[1];
  if (id === undefined) throw new Error(`${path} has no workspace (${status})`);
  return id;
}

async function work(line: Line): Promise<{ readonly key: string; readonly attempt: string }> {
  line.say({ type: 'save', id: 1, path: 'notes.txt', text: `${WORK.file}\n` });
  line.say({ type: 'keys', data: `echo ${WORK.typed}\r` });
  await line.hear((message) =>
    message.type === 'output' && message.text.includes(WORK.typed) ? true : undefined,
  );
  line.say({ type: 'check', id: 2 });
  const attempt = await line.hear((message) => (message.type === 'verdicts' ? message.attempt : undefined));
  if (attempt.passed) throw new Error('the planted lab is passed by doing nothing');
  line.say({ type: 'hand', id: 3, raised: true, text: WORK.question });
  line.say({ type: 'key', id: 4, action: 'make' });
  const key = await line.hear((message) => (message.type === 'key' ? message.key?.key : undefined));
  return { key, attempt: attempt.id };
}

async function pass(line: Line): Promise<void> {
  line.say({ type: 'keys', data: 'kubectl create configmap lantern; echo made\r' });
  await line.hear((message) =>
    message.type === 'output' && /\r\nmade/.test(message.text) ? true : undefined,
  );
  line.say({ type: 'check', id: 1 });
  const { passed, verdicts } = await line.hear((message) =>
    message.type === 'verdicts' ? message.attempt : undefined,
  );
  if (!passed) throw new Error(`the planted lab is not passed: ${JSON.stringify(verdicts)}`);
  line.say({ type: 'solutions', id: 2 });
  await line.hear((message) => (message.type === 'solutions' ? true : undefined));
}

function learnerIn(page: Answer, assignment: string, name: string): string {
  const row = page.body.split('<tr').find((each) => each.includes(name)) ?? '';
  return new RegExp(`grades/${assignment}/([0-9a-zA-Z-]+)`).exec(row)?.[1] ?? '';
}
