import { Command } from 'commander';
import { checkLabs } from './check-labs';
import { createLab, takeOverKillercoda } from './create-lab';
import { diffLab } from './diff-lab';
import { wholeNumber } from './flag-values';
import { mutateLab } from './mutate-lab';
import { tryLab } from './try-lab';

/** `portside lab …`: the author's kit. */
export function labCommand(end: (status: number) => void): Command {
  const lab = new Command('lab').description('Write labs, and prove that they are right.').exitOverride();
  lab
    .command('new [slug]')
    .description(
      'Begin a lab: asks what it needs to know, or takes a recorded sandbox script as its solution.',
    )
    .option('--track <name>', 'the track it belongs to', 'services')
    .option('--title <text>', 'its title')
    .option('--from <file>', 'a script that solves it: its objects become tasks, its commands the lesson')
    .exitOverride()
    .action(async (slug: string | undefined, options) => end(await createLab(slug, options)));
  lab
    .command('check [slugs...]')
    .description('Put labs (all when none is named) through every gate and print a table.')
    .option('--seeds <n>', 'how many seeds each solution is tried with (50; with --quick 1)', wholeNumber)
    .option('--quick', 'one seed, and nothing rewritten or spoilt')
    .option('--threads <n>', 'how many labs are proved at once; as many as there are cores', wholeNumber)
    .option('--report <file>', 'write how many labs passed and failed to a file, as JSON')
    .option('--watch', 'prove one lab quickly each time one of its files is saved')
    .exitOverride()
    .action(async (slugs: readonly string[], options) => end(await checkLabs(slugs, options)));
  lab
    .command('try <slug>')
    .description("Open a prompt in a lab's state, or as its lesson leaves it on arriving at a step.")
    .option('--at <step>', 'follow the lesson up to this step first')
    .option('--check', 'judge what was done at the end, as the button in the page does')
    .option('--seed <n>', "whose values the lab's variables have", wholeNumber, 1)
    .exitOverride()
    .action(async (slug: string, options) => end(await tryLab(slug, options)));
  lab
    .command('mutate <slug>')
    .description('Spoil the first solution in every known way and print which mutants the checks find out.')
    .option('--seed <n>', "whose values the lab's variables have", wholeNumber, 1)
    .exitOverride()
    .action(async (slug: string, options) => end(await mutateLab(slug, options)));
  lab
    .command('diff <slug>')
    .description('Judge stored attempts anew and print whose verdicts the present checks would change.')
    .option('--database <url>', 'where attempts are stored; DATABASE_URL when left out')
    .option('--limit <n>', 'how many of the newest attempts', wholeNumber, 100)
    .exitOverride()
    .action(async (slug: string, options) => end(await diffLab(slug, options)));
  const from = lab.command('import').description('Take over a lab of another system.').exitOverride();
  from
    .command('killercoda <dir>')
    .description('Take over a Killercoda scenario (index.json) and report what could not be.')
    .option('--track <name>', 'the track it will belong to', 'services')
    .exitOverride()
    .action(async (dir: string, options) => end(await takeOverKillercoda(dir, options)));
  return lab;
}
