import type { Metadata } from 'next';
import { currentAccount, requirePerson, saidOf } from '../../lib/server';
import buttons from '../_ui/button.module.css';
import { Field, Form, Told } from '../_ui/form';
import form from '../_ui/form.module.css';
import frame from '../_ui/page-frame.module.css';
import { CurrentPassword, NewPassword } from '../_ui/password-fields';
import { SiteFooter } from '../_ui/site-footer';
import { SiteHeader } from '../_ui/site-header';
import { SessionList } from './_components/session-list';
import { SetAsideList } from './_components/set-aside-list';
import styles from './page.module.css';

/** Title of the page. */
export const metadata: Metadata = { title: 'Account' };

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export default async function AccountPage() {
  const person = await requirePerson('account.manage');
  const { sessions, setAside, kept } = await currentAccount();
  const [told, name, email, again, password, deletion, ended, others, brought] = await Promise.all(
    [
      'account',
      'name',
      'email',
      'verify-again',
      'password',
      'delete',
      'end-session',
      'end-others',
      'bring-back',
    ].map(saidOf),
  );
  return (
    <>
      <SiteHeader />
      <main id="main" className={frame.page}>
        <header className={frame.head}>
          <h1>{person.name}</h1>
          <p>{[person.email, ...person.roles].join(' · ')}</p>
        </header>
        <Told said={told} />
        <div className={styles.out}>
          <Form name="sign-out">
            <button type="submit" className={buttons.button}>
              Sign out
            </button>
          </Form>
        </div>

        {setAside.length > 0 ? (
          <section id="set-aside" className={styles.section} aria-labelledby="set-aside-head">
            <h2 id="set-aside-head">Set aside</h2>
            <p>
              Labs that were begun both here and in a browser that you signed in from. Bringing one back sets
              aside what is in its place now; nothing is thrown away.
            </p>
            <Told said={brought} />
            <SetAsideList works={setAside} />
          </section>
        ) : (
          <Told said={brought} />
        )}

        <section className={styles.section} aria-labelledby="name-head">
          <h2 id="name-head">Name</h2>
          <Told said={name} />
          <Form name="name">
            <Field
              name="name"
              label="Name"
              hint="As instructors see it."
              autoComplete="name"
              maxLength={80}
              required
              defaultValue={name?.typed?.name ?? person.name}
              said={name}
            />
            <button type="submit" className={buttons.button}>
              Change the name
            </button>
          </Form>
        </section>

        <section className={styles.section} aria-labelledby="email-head">
          <h2 id="email-head">E-mail</h2>
          <p>
            {person.email} is {person.emailVerified ? 'confirmed.' : 'not confirmed yet.'}
          </p>
          <Told said={again ?? email} />
          {person.emailVerified ? null : (
            <Form name="verify-again">
              <button type="submit" className={buttons.button}>
                Send the mail that confirms it
              </button>
            </Form>
          )}
          <Form name="email">
            <Field name="email" label="New address" type="email" autoComplete="email" required said={email} />
            <CurrentPassword name="email-password" label="Password, to be sure that it is you" said={email} />
            <button type="submit" className={buttons.button}>
              Change the address
            </button>
          </Form>
        </section>

        <section className={styles.section} aria-labelledby="password-head">
          <h2 id="password-head">Password</h2>
          <Told said={password} />
          <Form name="password">
            <CurrentPassword name="current-password" label="Password so far" said={password} />
            <NewPassword name="new-password" label="New password" said={password} />
            <button type="submit" className={buttons.button}>
              Change the password
            </button>
          </Form>
        </section>

        <section className={styles.section} aria-labelledby="sessions-head">
          <h2 id="sessions-head">Browsers</h2>
          <p>Where you are signed in. A browser that is signed out here is cut off at once.</p>
          <Told said={ended ?? others} />
          <SessionList sessions={sessions} />
        </section>

        <section className={styles.section} aria-labelledby="data-head">
          <h2 id="data-head">Data</h2>
          <p>
            {`Kept for you: ${count(kept.labs, 'lab')}, ${count(kept.commands, 'command')} and file changes, ${count(kept.attempts, 'check')}.`}
          </p>
          <p className={form.actions}>
            <a className={buttons.button} href="/auth/data" download>
              Save everything as a file
            </a>
          </p>
        </section>

        <section className={styles.section} aria-labelledby="delete-head">
          <h2 id="delete-head">Delete the account</h2>
          <p>
            {`This removes your name and address, the clusters and files of ${count(kept.labs, 'lab')}, ${count(kept.commands, 'command')} and the results of ${count(kept.attempts, 'check')}, and signs you out everywhere. It cannot be taken back.`}
          </p>
          <Told said={deletion} />
          <Form name="delete">
            <CurrentPassword
              name="delete-password"
              label="Password, to be sure that it is you"
              said={deletion}
            />
            <button type="submit" className={buttons.button}>
              Delete the account
            </button>
          </Form>
        </section>
      </main>
      <SiteFooter />
    </>
  );
}
