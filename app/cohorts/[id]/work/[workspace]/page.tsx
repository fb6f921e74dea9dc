import type { Metadata } from 'next';
import Link from 'next/link';
import { cohorts } from '../../../../../lib/server';
import buttons from '../../../../_ui/button.module.css';
import { openFork, sendReply } from '../../../_actions/help-actions';
import { ActionForm } from '../../../_components/action-form';
import styles from '../../../_components/cohort.module.css';
import { Field, TextField } from '../../../_components/field';
import forms from '../../../_components/forms.module.css';
import { LocalTime } from '../../../_components/local-time';
import { openCohort, orNotFound } from '../../../_components/open-cohort';
import { Table } from '../../../_components/table';
import { FollowTerminal } from './_components/follow-terminal';

/** Title of the page. */
export const metadata: Metadata = { title: 'A learner’s work' };

interface Props {
  readonly params: Promise<{ readonly id: string; readonly workspace: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export default async function WorkPage({ params, searchParams }: Props) {
  const { id, workspace } = await params;
  const { timeZone } = await openCohort(id);
  const work = await orNotFound((asker) => cohorts().work(asker, id, workspace));
  const wanted = (await searchParams).fork;
  const fork = work.forks.find((each) => each.id === wanted) ?? work.forks[0];
  const diff = fork && (await orNotFound((asker) => cohorts().forkDiff(asker, id, fork.id)));
  return (
    <>
      <section className={styles.section} aria-labelledby="who">
        <h2 id="who">
          {work.learner}, {work.lab}
        </h2>
        <p>
          {work.attempts.length === 0 ? 'No attempt yet.' : null}
          {work.attempts.map((attempt, index) => (
            <span key={attempt.id}>
              {index > 0 ? ', ' : null}
              <Link href={`/cohorts/${id}/attempts/${attempt.id}`}>
                Attempt {index + 1}
                {attempt.passed ? ' (passed)' : ''}
              </Link>
            </span>
          ))}
        </p>
        <FollowTerminal cohortId={id} workspaceId={workspace} asked={work.follow?.mine === true} />
      </section>
      <section className={styles.section} aria-labelledby="send">
        <h2 id="send">Send something</h2>
        <p>
          It appears in the checks panel of their lab. A patch changes nothing until they apply it.{' '}
          {fork === undefined ? 'Open a fork below to send files from it.' : null}
        </p>
        {fork === undefined ? null : (
          <p className={styles.lead}>
            Your fork of <LocalTime iso={fork.at} timeZone={timeZone} />:{' '}
            <Link href={fork.href}>work in it</Link>.{' '}
            {diff?.files.length === 0 ? 'Its files are those that the learner has.' : null}
          </p>
        )}
        <ActionForm action={sendReply.bind(null, id, workspace)} submit="Send">
          <TextField label="Note" hint="Markdown." name="text" />
          <input type="hidden" name="fork" value={fork?.id ?? ''} />
          {diff === undefined || diff.files.length === 0 ? null : (
            <fieldset className={forms.fieldset}>
              <legend>Files of your fork that differ</legend>
              <div className={forms.checks}>
                {diff.files.map(({ path, isNew }) => (
                  <label key={path}>
                    <input type="checkbox" name="file" value={path} defaultChecked />
                    <span>
                      <code>{path}</code> {isNew ? '(new)' : '(changed)'}
                    </span>
                  </label>
                ))}
                <label>
                  <input type="checkbox" name="apply" />{' '}
                  <span>and kubectl apply the manifests among them</span>
                </label>
              </div>
            </fieldset>
          )}
          <TextField
            label="A manifest"
            hint="Put into from-staff.yaml and applied, once they agree."
            name="manifest"
          />
          <div className={forms.row}>
            <Field
              label="Point at a request to"
              hint="A host, as a Pod would name it."
              name="traceHost"
              short
            />
            <Field
              label="Port"
              hint="Its way is shown hop by hop."
              name="tracePort"
              type="number"
              value="80"
              short
            />
          </div>
        </ActionForm>
      </section>
      <section className={styles.section} aria-labelledby="moments">
        <h2 id="moments">What they did</h2>
        <p>Newest first. A fork opens the cluster as it was after an input; theirs is left alone.</p>
        <div className={styles.actions}>
          <ActionForm
            action={openFork.bind(null, id, workspace)}
            submit="Fork it as it is now"
            quiet
            inline
          />
        </div>
        {work.moments.length === 0 ? <p className={styles.lead}>Nothing has been typed yet.</p> : null}
        <Table columns={['When', 'Input', 'Fork']}>
          {work.moments.map(({ seq, at, what }) => (
            <tr key={seq}>
              <td>
                <LocalTime iso={at} timeZone={timeZone} />
              </td>
              <td>
                <code>{what}</code>
              </td>
              <td>
                <form action={openFork.bind(null, id, workspace, {}) as never}>
                  <input type="hidden" name="seq" value={seq} />
                  <button type="submit" className={`${buttons.button} ${buttons.quiet}`}>
                    Fork<span className="visually-hidden"> after {what}</span>
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </Table>
      </section>
    </>
  );
}
