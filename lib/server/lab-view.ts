import { type Lab, liveChecks } from '../labs';
import { renderMarkdown } from './markdown';
import type { LabCard, LabView } from './views';

/** A lab as lists show it. */
export function labCard(lab: Lab): LabCard {
  const { track, slug, title, summary, minutes, tasks, skills, prerequisites, aims } = lab;
  return { track, slug, title, summary, minutes, tasks: tasks.length, skills, prerequisites, aims };
}

/** A lab as its page shows it, its prose rendered. */
export async function labView(lab: Lab): Promise<LabView> {
  const [steps, tasks, hints] = await Promise.all([
    Promise.all(
      lab.steps.map(async ({ id, title, markdown }) => ({ id, title, html: await renderMarkdown(markdown) })),
    ),
    Promise.all(
      lab.tasks.map(async (task) => ({
        id: task.id,
        title: task.title,
        html: await renderMarkdown(task.text),
        checks: task.checks.map(({ name }) => name),
        live: liveChecks(task).map(({ name }) => name),
      })),
    ),
    Promise.all(
      lab.hints.map(async ({ task, text, when }) => ({
        task,
        html: await renderMarkdown(text),
        waits: when !== undefined,
      })),
    ),
  ]);
  const hasSolutions = lab.solutions.length > 0;
  const { track, slug, title, summary, minutes } = lab;
  return { track, slug, title, summary, minutes, aims: lab.aims, steps, tasks, hints, hasSolutions };
}
